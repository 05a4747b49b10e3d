// RETURN_IF_ERROR and ASSIGN_OR_RETURN: hand a Status up, unchanged.

#ifndef TALLY_ENGINE_BASE_STATUS_MACROS_H_
#define TALLY_ENGINE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define TALLY_CONCAT_INNER(a, b) a##b
#define TALLY_CONCAT(a, b) TALLY_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                       \
  do {                                                    \
    if (absl::Status status_of_expression = (expression); \
        !status_of_expression.ok()) [[unlikely]]          \
      return status_of_expression;                        \
  } while (false)

#define ASSIGN_OR_RETURN(declaration, expression)                      \
  ASSIGN_OR_RETURN_AS(TALLY_CONCAT(status_or_, __LINE__), declaration, \
                      expression)

#define ASSIGN_OR_RETURN_AS(holder, declaration, expression) \
  auto holder = (expression);                                \
  if (!holder.ok()) [[unlikely]]                             \
    return holder.status();                                  \
  declaration = *std::move(holder)

#endif  // TALLY_ENGINE_BASE_STATUS_MACROS_H_
