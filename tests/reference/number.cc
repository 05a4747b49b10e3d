#include "tests/reference/number.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tally::reference {

Whole::Whole(Units value) : negative_(value < 0) {
  auto magnitude = static_cast<unsigned __int128>(value);
  if (negative_) magnitude = -magnitude;
  for (; magnitude != 0; magnitude >>= 32) {
    limbs_.push_back(static_cast<uint32_t>(magnitude));
  }
}

Whole Whole::PowerOfTen(int exponent) {
  Whole power(1);
  for (int i = 0; i < exponent; ++i) power = power * Whole(10);
  return power;
}

std::optional<Units> Whole::ToUnits() const {
  if (limbs_.size() > 3) return std::nullopt;
  Units value = 0;
  for (size_t i = limbs_.size(); i-- > 0;) value = (value << 32) | limbs_[i];
  return negative_ ? -value : value;
}

Whole Whole::operator-() const {
  Whole result = *this;
  result.negative_ = !negative_ && !IsZero();
  return result;
}

Whole operator+(const Whole& a, const Whole& b) {
  Whole sum;
  if (a.negative_ == b.negative_) {
    sum.limbs_ = Whole::AddLimbs(a.limbs_, b.limbs_);
    sum.negative_ = a.negative_;
  } else if (Whole::CompareLimbs(a.limbs_, b.limbs_) >= 0) {
    sum.limbs_ = Whole::SubtractLimbs(a.limbs_, b.limbs_);
    sum.negative_ = a.negative_;
  } else {
    sum.limbs_ = Whole::SubtractLimbs(b.limbs_, a.limbs_);
    sum.negative_ = b.negative_;
  }
  sum.Trim();
  return sum;
}

Whole operator-(const Whole& a, const Whole& b) { return a + -b; }

Whole operator*(const Whole& a, const Whole& b) {
  Whole product;
  product.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.limbs_.size() || carry != 0; ++j) {
      uint64_t cell = product.limbs_[i + j] + carry;
      if (j < b.limbs_.size()) {
        cell += static_cast<uint64_t>(a.limbs_[i]) * b.limbs_[j];
      }
      product.limbs_[i + j] = static_cast<uint32_t>(cell);
      carry = cell >> 32;
    }
  }
  product.negative_ = a.negative_ != b.negative_;
  product.Trim();
  return product;
}

std::strong_ordering operator<=>(const Whole& a, const Whole& b) {
  if (a.negative_ != b.negative_) return b.negative_ <=> a.negative_;
  return a.negative_ ? Whole::CompareLimbs(b.limbs_, a.limbs_)
                     : Whole::CompareLimbs(a.limbs_, b.limbs_);
}

// Long division in base two: as many steps as `a` has bits.
Whole Whole::Floor(const Whole& a, const Whole& b) {
  if (b <= Whole(0)) std::abort();
  Whole quotient;
  Whole rest;
  quotient.limbs_.assign(a.limbs_.size(), 0);
  for (size_t bit = a.limbs_.size() * 32; bit-- > 0;) {
    rest = rest + rest;
    if ((a.limbs_[bit / 32] >> (bit % 32)) & 1) rest = rest + Whole(1);
    if (CompareLimbs(rest.limbs_, b.limbs_) < 0) continue;
    rest = rest - b;
    quotient.limbs_[bit / 32] |= uint32_t{1} << (bit % 32);
  }
  quotient.Trim();
  if (!a.negative_) return quotient;
  return rest.IsZero() ? -quotient : -quotient - Whole(1);
}

// The binary algorithm needs nothing but halving and subtracting.
Whole Whole::GreatestCommonDivisor(Whole a, Whole b) {
  a.negative_ = false;
  b.negative_ = false;
  if (a.IsZero()) return b;
  if (b.IsZero()) return a;
  Whole common(1);
  while (!a.IsOdd() && !b.IsOdd()) {
    a.limbs_ = ShiftRight(a.limbs_);
    b.limbs_ = ShiftRight(b.limbs_);
    common = common + common;
  }
  while (!a.IsZero()) {
    while (!a.IsOdd()) a.limbs_ = ShiftRight(a.limbs_);
    while (!b.IsOdd()) b.limbs_ = ShiftRight(b.limbs_);
    if (a < b) std::swap(a, b);
    a = a - b;
  }
  return b * common;
}

std::strong_ordering Whole::CompareLimbs(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return std::lexicographical_compare_three_way(a.rbegin(), a.rend(),
                                                b.rbegin(), b.rend());
}

Whole::Limbs Whole::AddLimbs(const Limbs& a, const Limbs& b) {
  Limbs sum;
  uint64_t carry = 0;
  for (size_t i = 0; i < a.size() || i < b.size() || carry != 0; ++i) {
    if (i < a.size()) carry += a[i];
    if (i < b.size()) carry += b[i];
    sum.push_back(static_cast<uint32_t>(carry));
    carry >>= 32;
  }
  return sum;
}

Whole::Limbs Whole::SubtractLimbs(const Limbs& a, const Limbs& b) {
  Limbs difference;
  int64_t borrow = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    int64_t cell = static_cast<int64_t>(a[i]) - borrow;
    if (i < b.size()) cell -= b[i];
    borrow = cell < 0 ? 1 : 0;
    difference.push_back(static_cast<uint32_t>(cell));
  }
  return difference;
}

Whole::Limbs Whole::ShiftRight(const Limbs& a) {
  Limbs half(a.size(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    half[i] = a[i] >> 1;
    if (i + 1 < a.size()) half[i] |= a[i + 1] << 31;
  }
  while (!half.empty() && half.back() == 0) half.pop_back();
  return half;
}

void Whole::Trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  if (limbs_.empty()) negative_ = false;
}

Rational::Rational(Whole numerator, Whole denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  if (denominator_.IsZero()) std::abort();
  if (denominator_.IsNegative()) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
  const Whole common = Whole::GreatestCommonDivisor(numerator_, denominator_);
  if (common == Whole(1)) return;
  numerator_ = Whole::Floor(numerator_, common);
  denominator_ = Whole::Floor(denominator_, common);
}

std::optional<Rational> Rational::Parse(std::string_view text) {
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string digits(whole);
  int decimals = 0;
  if (point != std::string_view::npos) {
    const std::string_view fraction = text.substr(point + 1);
    if (fraction.empty()) return std::nullopt;
    digits += fraction;
    decimals = static_cast<int>(fraction.size());
  }
  if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) {
    return std::nullopt;
  }
  Whole value;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * Whole(10) + Whole(c - '0');
  }
  return Rational(value, Whole::PowerOfTen(decimals));
}

Rational Rational::FromUnits(Units units, int decimals) {
  return {Whole(units), Whole::PowerOfTen(decimals)};
}

Rational operator+(const Rational& a, const Rational& b) {
  return {a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_,
          a.denominator_ * b.denominator_};
}

Rational operator-(const Rational& a, const Rational& b) { return a + -b; }

Rational operator*(const Rational& a, const Rational& b) {
  return {a.numerator_ * b.numerator_, a.denominator_ * b.denominator_};
}

Rational operator/(const Rational& a, const Rational& b) {
  return {a.numerator_ * b.denominator_, a.denominator_ * b.numerator_};
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  return a.numerator_ * b.denominator_ <=> b.numerator_ * a.denominator_;
}

Whole Rational::Floor() const { return Whole::Floor(numerator_, denominator_); }

Whole Rational::Ceiling() const {
  return -Whole::Floor(-numerator_, denominator_);
}

Whole Rational::HalfUp() const {
  return (*this + Rational(Whole(1), Whole(2))).Floor();
}

std::string Rational::ToDecimal(int decimals) const {
  const Rational scaled = *this * Rational(Whole::PowerOfTen(decimals), 1);
  const std::optional<Units> units = scaled.HalfUp().ToUnits();
  return units ? FormatUnits(*units, decimals) : "overflow";
}

std::string UnitsToString(Units value) {
  if (value < 0) return "-" + UnitsToString(-value);
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + value % 10));
    value /= 10;
  } while (value > 0);
  return digits;
}

std::string FormatUnits(Units units, int decimals) {
  if (units < 0) return "-" + FormatUnits(-units, decimals);
  std::string text = UnitsToString(units);
  if (decimals == 0) return text;
  const auto width = static_cast<size_t>(decimals);
  if (text.size() <= width) text.insert(0, width + 1 - text.size(), '0');
  text.insert(text.size() - width, ".");
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace tally::reference
