#include "services/identity/development_keys.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "services/identity/openssl_pointers.h"

namespace tally::identity {
namespace {

namespace fs = std::filesystem;

constexpr int kSerialBytes = 16;
constexpr int kAuthorityDays = 3'650;
constexpr long kSecondsPerHour = 3'600;  // NOLINT: OpenSSL's type
constexpr char kAuthorityName[] = "Tallystick development authority";

// A certificate with its key.
struct Pair {
  CertificatePointer certificate;
  KeyPointer key;
};

// What is said in a new certificate.
struct Request {
  std::string common_name;
  std::string alternative_names;  // as OpenSSL's configuration has them
  std::string purpose;            // "serverAuth"; empty: an authority
  int days = 0;
};

absl::Status Failed(std::string_view what) {
  ERR_clear_error();
  return absl::InternalError(ToAbsl(fmt::format("cannot {}", what)));
}

bool AddExtension(X509* certificate, X509* issuer, int kind,
                  const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

bool SetSerial(X509* certificate) {
  unsigned char bytes[kSerialBytes];
  if (RAND_bytes(bytes, kSerialBytes) != 1) return false;
  bytes[0] &= 0x7f;
  const NumberPointer number(BN_bin2bn(bytes, kSerialBytes, nullptr));
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) !=
         nullptr;
}

bool SetName(X509* certificate, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(certificate);
  return X509_NAME_add_entry_by_txt(
             name, "CN", MBSTRING_UTF8,
             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1,
             -1, 0) == 1;
}

bool AddExtensions(const Request& request, X509* certificate, X509* issuer) {
  const bool authority = request.purpose.empty();
  return AddExtension(certificate, issuer, NID_basic_constraints,
                      authority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
         AddExtension(certificate, issuer, NID_key_usage,
                      authority ? "critical,keyCertSign,cRLSign"
                                : "critical,digitalSignature") &&
         AddExtension(certificate, issuer, NID_subject_key_identifier,
                      "hash") &&
         (authority || (AddExtension(certificate, issuer, NID_ext_key_usage,
                                     request.purpose) &&
                        AddExtension(certificate, issuer, NID_subject_alt_name,
                                     request.alternative_names)));
}

// Signed by `issuer`; by itself where there is none.
absl::StatusOr<Pair> Make(const Request& request, const Pair* issuer) {
  Pair made{.certificate = CertificatePointer(X509_new()),
            .key = KeyPointer(EVP_EC_gen("P-256"))};
  X509* certificate = made.certificate.get();
  if (made.key == nullptr || certificate == nullptr) {
    return Failed("make a key");
  }
  X509* by = issuer == nullptr ? certificate : issuer->certificate.get();
  EVP_PKEY* signer = issuer == nullptr ? made.key.get() : issuer->key.get();
  const bool built =
      X509_set_version(certificate, X509_VERSION_3) == 1 &&
      SetSerial(certificate) &&
      X509_gmtime_adj(X509_getm_notBefore(certificate), -kSecondsPerHour) !=
          nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(certificate), request.days, 0,
                       nullptr) != nullptr &&
      X509_set_pubkey(certificate, made.key.get()) == 1 &&
      SetName(certificate, request.common_name) &&
      X509_set_issuer_name(certificate, X509_get_subject_name(by)) == 1 &&
      AddExtensions(request, certificate, by) &&
      X509_sign(certificate, signer, EVP_sha256()) > 0;
  if (!built) return Failed(fmt::format("make \"{}\"", request.common_name));
  return made;
}

std::string PathOf(const std::string& directory, const std::string& name,
                   const char* ending) {
  return (fs::path(directory) / (name + ending)).string();
}

// Opens a file that was not there, with these rights from the start.
BioPointer NewFile(const std::string& path, mode_t rights) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights);
  if (file < 0) return nullptr;
  return BioPointer(BIO_new_fd(file, BIO_CLOSE));
}

absl::Status Write(const std::string& directory, const std::string& name,
                   const Pair& pair) {
  const std::string key_path = PathOf(directory, name, ".key");
  const std::string path = PathOf(directory, name, ".crt");
  const BioPointer key = NewFile(key_path, S_IRUSR | S_IWUSR);
  if (key == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(key.get(), pair.key.get(), nullptr, nullptr,
                                    0, nullptr, nullptr) != 1) {
    return Failed(fmt::format("write {}", key_path));
  }
  const BioPointer file = NewFile(path, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
  if (file == nullptr ||
      PEM_write_bio_X509(file.get(), pair.certificate.get()) != 1) {
    return Failed(fmt::format("write {}", path));
  }
  return absl::OkStatus();
}

absl::StatusOr<Pair> ReadOrMakeAuthority(const std::string& directory) {
  const std::string path = PathOf(directory, "ca", ".crt");
  if (!fs::exists(path)) {
    ASSIGN_OR_RETURN(Pair made, Make({.common_name = kAuthorityName,
                                      .alternative_names = "",
                                      .purpose = "",
                                      .days = kAuthorityDays},
                                     nullptr));
    RETURN_IF_ERROR(Write(directory, "ca", made));
    return made;
  }
  const BioPointer file(BIO_new_file(path.c_str(), "r"));
  const BioPointer key_file(
      BIO_new_file(PathOf(directory, "ca", ".key").c_str(), "r"));
  if (file == nullptr || key_file == nullptr) return Failed("read " + path);
  Pair read{.certificate = CertificatePointer(
                PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)),
            .key = KeyPointer(PEM_read_bio_PrivateKey(key_file.get(), nullptr,
                                                      nullptr, nullptr))};
  if (read.certificate == nullptr || read.key == nullptr) {
    return Failed("read " + path);
  }
  return read;
}

// Names become file names and parts of a SPIFFE ID.
absl::Status CheckName(const std::string& name) {
  const bool plain =
      !name.empty() && name.size() <= 64 && name != "ca" && name != "server" &&
      name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
      });
  if (plain) return absl::OkStatus();
  return absl::InvalidArgumentError(ToAbsl(fmt::format(
      "client \"{}\": must be 1 to 64 of A-Z a-z 0-9 . _ -, and neither ca "
      "nor server",
      name)));
}

std::string ServerNames(const DevelopmentKeys& keys) {
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  for (const std::string& host : keys.hosts) {
    const bool address =
        host.find_first_not_of("0123456789.") == std::string::npos ||
        host.find(':') != std::string::npos;
    names += fmt::format(",{}:{}", address ? "IP" : "DNS", host);
  }
  return names;
}

}  // namespace

std::string SpiffeId(const DevelopmentKeys& keys, const std::string& client) {
  return fmt::format("spiffe://{}/{}", keys.trust_domain, client);
}

absl::Status WriteDevelopmentKeys(const DevelopmentKeys& keys) {
  std::vector<std::string> names = keys.clients;
  for (const std::string& name : names) RETURN_IF_ERROR(CheckName(name));
  std::error_code error;
  fs::create_directories(keys.directory, error);
  if (error) return Failed(fmt::format("make {}", keys.directory));
  fs::permissions(keys.directory, fs::perms::owner_all, error);
  for (const std::string& name : names) {
    const std::string path = PathOf(keys.directory, name, ".crt");
    if (!fs::exists(path)) continue;
    return absl::AlreadyExistsError(
        ToAbsl(fmt::format("{} is there already", path)));
  }
  ASSIGN_OR_RETURN(const Pair authority, ReadOrMakeAuthority(keys.directory));
  if (!fs::exists(PathOf(keys.directory, "server", ".crt"))) {
    ASSIGN_OR_RETURN(const Pair server,
                     Make({.common_name = "tallyd",
                           .alternative_names = ServerNames(keys),
                           .purpose = "serverAuth",
                           .days = keys.days},
                          &authority));
    RETURN_IF_ERROR(Write(keys.directory, "server", server));
  }
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const Pair client,
                     Make({.common_name = name,
                           .alternative_names = "URI:" + SpiffeId(keys, name),
                           .purpose = "clientAuth",
                           .days = keys.days},
                          &authority));
    RETURN_IF_ERROR(Write(keys.directory, name, client));
  }
  return absl::OkStatus();
}

}  // namespace tally::identity
