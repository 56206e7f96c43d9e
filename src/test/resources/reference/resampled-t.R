# resampled-t.R > resampled-t.json: the corrected resampled t and the prediction interval, from their formulas alone.
set.seed(20260101)
number <- function(x) formatC(x, digits = 17, format = "g")
case <- function(k, ratio, confidence, shift) {
  d <- round(shift + rnorm(k, sd = 0.03), 6)
  error <- sqrt(var(d) * (1 / k + ratio))
  t <- mean(d) / error
  reach <- qt((1 + confidence) / 2, k - 1) * error
  s2 <- 0.31; rows <- 400; new <- 90
  v1 <- error^2; v2 <- s2 / new
  df <- (v1 + v2)^2 / (v1^2 / (k - 1) + v2^2 / (rows - 1))
  wide <- qt((1 + confidence) / 2, df) * sqrt(v1 + v2)
  sprintf('  {"values": [%s], "ratio": %s, "confidence": %s, "mean": %s, "error": %s, "p": %s, "low": %s, "high": %s, "rowVariance": %s, "rows": %d, "newRows": %d, "df": %s, "predictedLow": %s, "predictedHigh": %s}',
    paste(number(d), collapse = ", "), number(ratio), number(confidence), number(mean(d)), number(error), number(2 * pt(-abs(t), k - 1)),
    number(mean(d) - reach), number(mean(d) + reach), number(s2), rows, new, number(df), number(mean(d) - wide), number(mean(d) + wide))
}
cat("[\n", paste(c(
  case(5, 1 / 4, 0.95, 0), case(8, 0.25, 0.95, 0.05), case(30, 0.25, 0.99, 0.01), case(100, 1 / 9, 0.9966666666666667, -0.02),
  case(2, 1, 0.95, 0.1)), collapse = ",\n"), "\n]\n", sep = "")
