// The profile of a scheme: one version of one standard, as data. Nothing
// about a named scheme is in code; rules read their parameters here.
//
// Plain values, complete with defaults, made by ParseProfile and not changed
// afterwards; safe to read from any thread. docs/profiles.md describes every
// key of the JSON it comes from.

#ifndef TALLY_ENGINE_PROFILE_PROFILE_H_
#define TALLY_ENGINE_PROFILE_PROFILE_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/profile/book_and_claim_terms.h"
#include "engine/profile/certificate_terms.h"
#include "engine/profile/conversion.h"
#include "engine/profile/entry_deadline.h"
#include "engine/profile/mass_balance_terms.h"
#include "engine/profile/mixing_terms.h"
#include "engine/profile/physical_terms.h"
#include "engine/profile/recognition.h"

namespace tally {

// What FindConversion answers. Without conversion, `on_other_dates` tells
// whether the process knows the input at all.
struct ConversionLookup {
  const Conversion* conversion = nullptr;
  bool on_other_dates = false;
};

// A path in the profile, or a rule, and where its value comes from.
struct Citation {
  std::string subject;  // "R28" or "models.MASS_BALANCE.period_months"
  std::string text;
};

struct Profile {
  std::string scheme;
  std::string name;   // the scheme's id where none is given
  std::string owner;  // a party, or empty
  Date effective_from = Date::Min();

  // Terms of a model that is not listed hold defaults and mean nothing.
  std::array<bool, kModelCount> lists_model{};
  SegregatedTerms segregated;
  ControlledBlendingTerms controlled_blending;
  MassBalanceTerms mass_balance;
  BookAndClaimTerms book_and_claim;

  // reaches[from][to]: the reflexive, transitive closure of the downgrades.
  std::array<std::array<bool, kModelCount>, kModelCount> reaches{};
  MixingTerms mixing;
  std::vector<Conversion> conversions;
  Rounding rounding = Rounding::kDown;
  std::vector<Recognition> recognises;

  CertificateTerms certificate;
  GroupTerms group;
  std::vector<std::string> levels;  // from lowest to highest
  // Attributes of a lot that may be claimed by themselves, each once.
  std::vector<std::string> single_use_attributes;
  SourceStatusTerms source_status;
  // At most one of the two.
  std::optional<int> entry_lag_days;
  std::optional<EntryDeadline> entry_deadline;
  std::optional<int> confirm_within_days;
  Ratio stock_tolerance_pct = *Ratio::Of(1, 2);

  std::array<std::string, kModelCount> claim_texts;  // empty: free
  std::vector<Citation> citations;                   // by rule
  std::vector<Citation> sources;                     // by path
  std::vector<std::string> not_found;
  std::string json;  // that all this was read from

  bool Lists(Model model) const {
    return lists_model[static_cast<size_t>(model)];
  }
  // From a model to itself, to one that downgrades lead to, and to
  // conventional, which is always allowed.
  bool CanDowngrade(Model from, Model to) const {
    return reaches[static_cast<size_t>(from)][static_cast<size_t>(to)];
  }
  // How an entitlement debit is rounded: DOWN never favours the claim, so
  // debits round up, and UP is the reverse.
  Rounding DebitRounding() const;

  ConversionLookup FindConversion(std::string_view process,
                                  std::string_view input, Date date) const;
  // The last day on which what happened on a date may be recorded; none where
  // the scheme sets none.
  std::optional<Date> LastDayToRecord(Date occurred) const;
  // The first recognition that covers these, or nullptr.
  const Recognition* FindRecognition(std::string_view of_scheme,
                                     std::string_view product, Model model,
                                     Date date) const;
  // From 0 for the lowest; -1 for a level that is not listed.
  int LevelRank(std::string_view level) const;
  // The text that a claim under this model must have; empty where it is free.
  std::string_view ClaimText(Model model) const {
    return claim_texts[static_cast<size_t>(model)];
  }
  // The scheme's clause for a rule ("R28"), or empty.
  std::string_view CitationOf(std::string_view rule) const;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PROFILE_H_
