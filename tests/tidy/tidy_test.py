#!/usr/bin/env python3
"""The tidy checks find what they are for, and nothing in good code."""

import unittest

import cpp_text
import tidy

LAYERS = {
    "base": [], "model": ["base"], "state": ["model", "base"],
    "log": ["model", "base"], "profile": ["model", "base"], "rules": [],
    "ledger": ["log", "state", "model", "base"], "proto": [],
    "wire": ["proto", "model", "base"],
    "services": ["wire", "proto", "ledger", "model", "base"],
    "cli": ["services", "wire", "proto"],
}

GOOD_HEADER = """// An account.

#ifndef TALLY_ENGINE_STATE_ACCOUNT_H_
#define TALLY_ENGINE_STATE_ACCOUNT_H_

#include "engine/base/check.h"
#include "engine/model/claim.h"

#endif  // TALLY_ENGINE_STATE_ACCOUNT_H_
"""


def found(check, files, allowed_lengths=None):
    """The (path, line) of each finding of `check` in `files`."""
    tree = tidy.Tree(files, LAYERS, allowed_lengths or {})
    return [(path, number) for path, number, _ in check(tree)]


def source(lines, *, before=0, after=0):
    """A source with one function of `lines` lines."""
    body = "  Step();\n" * (lines - 2)
    return "\n" * before + "void Walk() {\n" + body + "}\n" + "\n" * after


class LayersTest(unittest.TestCase):
    def test_lower_layers_may_be_seen(self):
        self.assertEqual(
            found(tidy.check_layers,
                  {"engine/state/account.h": GOOD_HEADER}), [])

    def test_state_may_not_see_log(self):
        self.assertEqual(
            found(tidy.check_layers, {
                "engine/state/a.cc": '#include "engine/log/journal.h"\n'}),
            [("engine/state/a.cc", 1)])

    def test_libraries_have_owners(self):
        for include, path, count in [
                ("<grpcpp/grpcpp.h>", "engine/ledger/a.cc", 1),
                ("<grpcpp/grpcpp.h>", "services/a.cc", 0),
                ('"tallystick/v1/event.pb.h"', "engine/log/a.cc", 1),
                ("<google/protobuf/message.h>", "engine/log/a.cc", 1),
                ("<rocksdb/db.h>", "engine/state/a.cc", 1),
                ("<rocksdb/db.h>", "engine/log/a.cc", 0),
                ('"nlohmann/json.hpp"', "engine/rules/a.cc", 1),
                ('"nlohmann/json.hpp"', "engine/profile/a.cc", 0),
                ('"absl/synchronization/mutex.h"', "services/a.cc", 1),
                ("<CLI/CLI.hpp>", "engine/base/a.cc", 1)]:
            with self.subTest(include=include, path=path):
                self.assertEqual(
                    len(found(tidy.check_layers,
                              {path: f"#include {include}\n"})), count)

    def test_who_sees_whom_above_the_engine(self):
        for include, path, count in [
                ("services/server.h", "engine/model/a.cc", 1),
                ("services/server.h", "services/wire/a.cc", 1),
                ("services/wire/decode.h", "services/server.cc", 0),
                ("engine/ledger/ledger.h", "services/server.cc", 0),
                ("engine/ledger/ledger.h", "services/wire/a.cc", 1),
                ("engine/state/lot.h", "services/server.cc", 1),
                ("engine/ledger/ledger.h", "tools/tally/a.cc", 1),
                ("tallystick/v1/event.pb.h", "tools/tally/a.cc", 0)]:
            with self.subTest(include=include, path=path):
                self.assertEqual(
                    len(found(tidy.check_layers,
                              {path: f'#include "{include}"\n'})), count)

    def test_a_folder_without_a_line(self):
        self.assertEqual(
            found(tidy.check_layers, {"engine/cellar/a.cc": ""}),
            [("engine/cellar/a.cc", 1)])


class BannedCodeTest(unittest.TestCase):
    def test_each_ban(self):
        for line, path in [
                ("double share = 1;", "engine/model/a.cc"),
                ("float share = 1;", "engine/model/a.cc"),
                ("assert(balance >= 0);", "services/a.cc"),
                ("std::cout << 1;", "engine/model/a.cc"),
                ("printf(text);", "engine/model/a.cc"),
                ("throw Refused();", "engine/model/a.cc"),
                ("std::mutex mutex_;", "engine/ledger/a.cc"),
                ("getenv(name);", "engine/base/a.cc"),
                ("std::chrono::system_clock::now();", "engine/ledger/a.cc"),
                ("std::random_device seed;", "engine/rules/a.cc"),
                ("class LedgerManager {", "engine/ledger/a.cc"),
                ("sleep_for(one_second);", "tests/a.cc"),
                ("GTEST_SKIP();", "tests/a.cc"),
                ("EXPECT_TRUE(true);", "tests/a.cc"),
                ("using namespace std;", "engine/base/a.h")]:
            with self.subTest(line=line):
                self.assertEqual(
                    found(tidy.check_banned_code, {path: "\n" + line + "\n"}),
                    [(path, 2)])

    def test_what_looks_alike_is_allowed(self):
        for line, path in [
                ("// No double counting: throw nothing away.", "engine/a.cc"),
                ('Refuse("double counted");', "engine/model/a.cc"),
                ("static_assert(sizeof(int) == 4);", "engine/model/a.cc"),
                ("std::fprintf(stderr, text);", "engine/base/a.cc"),
                ("std::mutex mutex_;", "engine/base/mutex.h"),
                ("double seconds = 1;", "services/a.cc"),
                ("using namespace std::literals;", "services/a.cc")]:
            with self.subTest(line=line):
                self.assertEqual(
                    found(tidy.check_banned_code, {path: line + "\n"}), [])

    def test_default_hides_a_missing_enumerator(self):
        path = "engine/rules/a.cc"
        self.assertEqual(
            found(tidy.check_switches, {path: "switch (k) {\n default:\n"}),
            [(path, 2)])
        self.assertEqual(
            found(tidy.check_switches,
                  {path: "default:  // Not an enum: a character.\n"}), [])


class TextTest(unittest.TestCase):
    def test_marks_of_unfinished_work(self):
        for word in ["TO" "DO", "FIX" "ME", "XX" "X", "noco" "mmit"]:
            self.assertEqual(
                found(tidy.check_words, {"docs/a.md": f"a\nb {word}: c\n"}),
                [("docs/a.md", 2)])

    def test_paths_of_one_machine(self):
        for text, count in [("see /ho" "me/ada/src", 1), ("/ro" "ot/x", 1),
                            ("operators/home/sites", 0), ("/usr/share", 0)]:
            with self.subTest(text=text):
                self.assertEqual(
                    len(found(tidy.check_words, {"a.md": text + "\n"})),
                    count)

    def test_fixed_ports(self):
        self.assertEqual(
            len(found(tidy.check_fixed_ports,
                      {"tests/a.cc": 'Listen("127.0.0.1:' '50051");\n'})), 1)
        self.assertEqual(
            found(tidy.check_fixed_ports,
                  {"tests/a.cc": 'Listen("127.0.0.1:0");\n'}), [])

    def test_columns(self):
        self.assertEqual(
            found(tidy.check_columns, {"proto/a.proto": "x" * 80 + "\n"}), [])
        self.assertEqual(
            found(tidy.check_columns, {"proto/a.proto": "x" * 81 + "\n"}),
            [("proto/a.proto", 1)])

    def test_white_space(self):
        self.assertEqual(
            found(tidy.check_white_space, {"a.md": "a \nb\t\nc"}),
            [("a.md", 3), ("a.md", 1), ("a.md", 2)])


class HeaderTest(unittest.TestCase):
    PATH = "engine/state/account.h"

    def test_a_good_header(self):
        for check in (tidy.check_guards, tidy.check_opening):
            self.assertEqual(found(check, {self.PATH: GOOD_HEADER}), [])

    def test_a_guard_of_another_path(self):
        self.assertEqual(
            found(tidy.check_guards, {"engine/state/lot.h": GOOD_HEADER}),
            [("engine/state/lot.h", 1)])

    def test_no_opening_comment(self):
        text = GOOD_HEADER.split("\n", 2)[2]
        self.assertEqual(found(tidy.check_opening, {self.PATH: text}),
                         [(self.PATH, 1)])


class LengthsTest(unittest.TestCase):
    PATH = "engine/state/a.cc"

    def test_limits_are_inclusive(self):
        for text, count in [(source(70), 0), (source(71), 1),
                            (source(2, after=498), 0),
                            (source(2, after=499), 1)]:
            self.assertEqual(
                len(found(tidy.check_lengths, {self.PATH: text})), count)

    def test_an_exception_has_a_number(self):
        name = f"{self.PATH}:Walk"
        for allowed, count in [(90, 0), (89, 1)]:
            self.assertEqual(
                len(found(tidy.check_lengths, {self.PATH: source(90)},
                          {name: allowed})), count)

    def test_an_exception_no_longer_needed_goes(self):
        name = f"{self.PATH}:Walk"
        self.assertEqual(
            len(found(tidy.check_lengths, {self.PATH: source(70)},
                      {name: 90})), 1)
        self.assertEqual(
            len(found(tidy.check_lengths, {}, {name: 90})), 1)


class DeadFilesTest(unittest.TestCase):
    def test_a_file_is_named_by_a_list_at_or_above_it(self):
        for lists, text in [("engine/state/CMakeLists.txt", "SOURCES lot.cc"),
                            ("engine/CMakeLists.txt", "state/lot.cc)")]:
            self.assertEqual(
                found(tidy.check_dead_files,
                      {"engine/state/lot.cc": "", lists: text}), [])

    def test_a_file_that_no_list_names(self):
        self.assertEqual(
            found(tidy.check_dead_files, {
                "engine/state/lot.cc": "",
                "engine/state/CMakeLists.txt": "SOURCES ballot.cc lot.cc.in"}),
            [("engine/state/lot.cc", 1)])


class FunctionsTest(unittest.TestCase):
    def functions(self, text):
        return list(cpp_text.functions(text))

    def test_members_initializers_and_lambdas(self):
        text = """
namespace tally {
class Lot {
 public:
  int Amount() const { return amount_; }

 private:
  int amount_ = 0;
};

Lot::Lot(int a)
    : amount_{a}, site_(a) {
  Check("{ not a brace }");
}

Table kTable[] = {Row(1), Row(2)};

bool Walk(const Lot& lot) {
  auto step = [&](int i) {
    return i > '{';
  };
  for (int i = 0; i < 3; ++i) {
    if (step(i)) return true;
  }
  return false;
}

TEST(LotTest, Splits) {
  Walk(Lot{1});
}
}  // namespace tally
"""
        self.assertEqual(self.functions(text), [
            ("Amount", 5, 1), ("Lot::Lot", 11, 4), ("Walk", 18, 9),
            ("LotTest.Splits", 28, 3)])

    def test_macros_and_operators(self):
        text = """
#define CHECK(x) \\
  do {           \\
  } while (false)

Lot& Lot::operator=(const Lot& other) {
  return *this;
}
"""
        self.assertEqual([lines for _, _, lines in self.functions(text)], [3])

    def test_strings_and_comments_are_blanked(self):
        code = cpp_text.code_only(
            'a("b // c"); // d\n/* e\nf */ g(R"(h)"); 1\'000;')
        self.assertNotRegex(code, "[bcdefh]")
        self.assertEqual(code.count("\n"), 2)
        self.assertIn("1'000", code)


if __name__ == "__main__":
    unittest.main()
