// A std::mutex that clang's thread-safety analysis can follow.
//
// Debian's Abseil is not instrumented, so a lock of its own would blind
// ThreadSanitizer; std::mutex does not.
//
//   Mutex mutex_;
//   int64_t count_ TALLY_GUARDED_BY(mutex_);
//   ...
//   MutexLock lock(&mutex_);

#ifndef TALLY_ENGINE_BASE_MUTEX_H_
#define TALLY_ENGINE_BASE_MUTEX_H_

#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#if defined(__clang__)
#define TALLY_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define TALLY_THREAD_ANNOTATION(x)
#endif

#define TALLY_GUARDED_BY(x) TALLY_THREAD_ANNOTATION(guarded_by(x))
#define TALLY_REQUIRES(...) \
  TALLY_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define TALLY_REQUIRES_SHARED(...) \
  TALLY_THREAD_ANNOTATION(requires_shared_capability(__VA_ARGS__))
#define TALLY_EXCLUDES(...) TALLY_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
#define TALLY_CAPABILITY(x) TALLY_THREAD_ANNOTATION(capability(x))
#define TALLY_SCOPED TALLY_THREAD_ANNOTATION(scoped_lockable)
#define TALLY_ACQUIRE(...) \
  TALLY_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define TALLY_ACQUIRE_SHARED(...) \
  TALLY_THREAD_ANNOTATION(acquire_shared_capability(__VA_ARGS__))
#define TALLY_RELEASE(...) \
  TALLY_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define TALLY_RELEASE_GENERIC(...) \
  TALLY_THREAD_ANNOTATION(release_generic_capability(__VA_ARGS__))
#define TALLY_NO_THREAD_ANALYSIS \
  TALLY_THREAD_ANNOTATION(no_thread_safety_analysis)

namespace tally {

class TALLY_CAPABILITY("mutex") Mutex {
 public:
  void Lock() TALLY_ACQUIRE() { mutex_.lock(); }
  void Unlock() TALLY_RELEASE() { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

// Holds a Mutex for a scope; can wait on a condition meanwhile.
class TALLY_SCOPED MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) TALLY_ACQUIRE(mutex)
      : lock_(mutex->mutex_) {}
  ~MutexLock() TALLY_RELEASE() {}
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  // Waits until woken; the caller loops over its condition.
  void Wait(std::condition_variable* changed) { changed->wait(lock_); }

  // Waits at most until `deadline`; false when it passed.
  template <typename TimePoint>
  bool WaitUntil(std::condition_variable* changed, TimePoint deadline) {
    return changed->wait_until(lock_, deadline) == std::cv_status::no_timeout;
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

// Many readers or one writer.
class TALLY_CAPABILITY("mutex") SharedMutex {
 public:
  void Lock() TALLY_ACQUIRE() { mutex_.lock(); }
  void Unlock() TALLY_RELEASE() { mutex_.unlock(); }
  void LockShared() TALLY_ACQUIRE_SHARED() { mutex_.lock_shared(); }
  void UnlockShared() TALLY_RELEASE_GENERIC() { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

class TALLY_SCOPED WriterLock {
 public:
  explicit WriterLock(SharedMutex* mutex) TALLY_ACQUIRE(mutex) : mutex_(mutex) {
    mutex_->Lock();
  }
  ~WriterLock() TALLY_RELEASE() { mutex_->Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex* mutex_;
};

class TALLY_SCOPED ReaderLock {
 public:
  explicit ReaderLock(SharedMutex* mutex) TALLY_ACQUIRE_SHARED(mutex)
      : mutex_(mutex) {
    mutex_->LockShared();
  }
  ~ReaderLock() TALLY_RELEASE_GENERIC() { mutex_->UnlockShared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex* mutex_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_MUTEX_H_
