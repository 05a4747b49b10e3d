// Signed notes, held to one that another implementation signed.

#include "engine/log/note.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/log/note_key.h"
#include "engine/log/tree_note.h"

namespace tally {
namespace {

// The example of Go's package for signed notes.
constexpr char kText[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr char kSigner[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+"
    "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kVerifier[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kSignature[] =
    "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG"
    "UgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

Note NoteOf(const std::string& bytes) {
  const absl::StatusOr<Note> note = ParseNote(bytes);
  EXPECT_TRUE(note.ok()) << note.status();
  return note.ok() ? *note : Note();
}

TEST(NoteTest, AnothersNoteIsReadAndMadeAgain) {
  const std::string bytes = std::string(kText) + "\n" + kSignature;
  const Note note = NoteOf(bytes);
  EXPECT_EQ(note.text, kText);
  EXPECT_EQ(FormatNote(note), bytes);
  const auto key = VerifierKey::Parse(kVerifier);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->ToString(), kVerifier);
  EXPECT_TRUE(VerifyNote(note, *key).ok());

  const auto signer = SigningKey::Parse(kSigner);
  ASSERT_TRUE(signer.ok()) << signer.status();
  EXPECT_EQ(signer->ToString(), kSigner);
  EXPECT_EQ(signer->verifier(), *key);
  EXPECT_EQ(SignatureLine(signer->Sign(kText)), kSignature);
}

TEST(NoteTest, AChangedTextOrSignatureIsFound) {
  const auto key = VerifierKey::Parse(kVerifier);
  ASSERT_TRUE(key.ok());
  Note note = NoteOf(std::string(kText) + "\n" + kSignature);
  Note other_text = note;
  other_text.text[0] = 'i';
  EXPECT_FALSE(VerifyNote(other_text, *key).ok());
  Note other_signature = note;
  other_signature.signatures[0].bytes[0] ^= 1;
  EXPECT_FALSE(VerifyNote(other_signature, *key).ok());
  Note other_name = note;
  other_name.signatures[0].name = "Peter";
  EXPECT_FALSE(VerifyNote(other_name, *key).ok());
}

TEST(NoteTest, SignaturesOfOthersAreLeftAlone) {
  const auto key = VerifierKey::Parse(kVerifier);
  ASSERT_TRUE(key.ok());
  Note note = NoteOf(std::string(kText) + "\n" + kSignature);
  note.signatures.insert(
      note.signatures.begin(),
      {.name = "PeterNeumann", .key_id = 7, .bytes = "not his"});
  EXPECT_TRUE(VerifyNote(note, *key).ok());
}

TEST(NoteTest, WhatIsNoNoteIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string(kText), std::string(kText) + "\n",
        std::string(kText) + kSignature,
        std::string(kText) + "\n" + "- PeterNeumann AAAAAAA=\n",
        std::string("a\tb\n\n") + kSignature,
        std::string("\xFF\n\n") + kSignature,
        std::string(kText) + "\n" +
            std::string(kSignature).substr(0, sizeof kSignature - 2)}) {
    EXPECT_FALSE(ParseNote(bytes).ok()) << bytes;
  }
}

TEST(NoteTest, NamesAreWithoutSpacesAndPlus) {
  EXPECT_TRUE(IsNoteName("example.org/log"));
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\xC2\xA0z", "\xFF"}) {
    EXPECT_FALSE(IsNoteName(name)) << name;
  }
}

TEST(NoteTest, KeysThatAreNoneAreRefused) {
  for (const char* text :
       {"", "PeterNeumann", "PeterNeumann+c74f20a3+", kSigner,
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    EXPECT_FALSE(VerifierKey::Parse(text).ok()) << text;
  }
  EXPECT_FALSE(SigningKey::Parse(kVerifier).ok());
}

TEST(NoteTest, AWitnessSaysWhenItSigned) {
  const SigningKey witness("witness.example/w1", NoteKeyKind::kCosignature,
                           Ed25519Seed{9});
  NoteSignature signature = witness.Sign(kText, 1'679'315'147);
  EXPECT_EQ(signature.bytes.size(), 72);
  EXPECT_TRUE(witness.verifier().Verify(kText, signature));
  signature.bytes[7] ^= 1;  // another time
  EXPECT_FALSE(witness.verifier().Verify(kText, signature));
}

TEST(TreeNoteTest, IsThreeLines) {
  const TreeNote note{.origin = "example.org/log",
                      .head = {.size = 20'852'163, .root = {1, 2}}};
  const std::string text = FormatTreeNote(note);
  EXPECT_EQ(text,
            "example.org/log\n20852163\n"
            "AQIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
  const auto read = ParseTreeNote(text);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, note);
  for (const char* wrong :
       {"", "example.org/log\n1\n", "example.org/log\n01\nAQ==\n",
        "example.org/log\n-1\nAQ==\n", "example.org/log\n1\nAQ==\n"}) {
    EXPECT_FALSE(ParseTreeNote(wrong).ok()) << wrong;
  }
  EXPECT_FALSE(ParseTreeNote(text + "more\n").ok());
}

}  // namespace
}  // namespace tally
