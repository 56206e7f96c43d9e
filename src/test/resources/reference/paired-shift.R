# Made paired-shift.json: R 4, stats::wilcox.test. Run: Rscript paired-shift.R > paired-shift.json
# Hollander and Wolfe's depression scores (their table 3.1), samples of Gaussian differences, and confidences of 1, 3, 10 and 15 comparisons.
set.seed(4)
before <- c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
after <- c(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)
samples <- c(list(before - after), lapply(c(6, 8, 12, 12, 30, 61), function(n) rnorm(n, 0.4)))
number <- function(x) format(x, digits = 17, trim = TRUE)
numbers <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
cases <- character()
for (d in samples) for (tests in c(1, 3, 10, 15)) {
  confidence <- 1 - 0.05 / tests
  # R widens an interval that the sample is too small for as far as it goes
  if (2^(1 - length(d)) > 0.05 / tests) next
  t <- wilcox.test(d, exact = TRUE, conf.int = TRUE, conf.level = confidence)
  cases <- c(cases, sprintf('  {"differences": %s, "tests": %d, "p": %s, "estimate": %s, "interval": %s}',
    numbers(d), tests, number(t$p.value), number(t$estimate), numbers(t$conf.int)))
}
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
