# real-files.R DIRECTORY: two-class data sets of Debian's R packages as write.csv leaves them, one file each.
#
#   apt-get install r-cran-aer r-cran-caret r-cran-cardata r-cran-kernlab r-cran-mass r-cran-mlbench r-cran-modeldata r-cran-survival r-cran-th.data
#
# And, for each, the label's column, in labels.csv.
directory <- commandArgs(trailingOnly = TRUE)[1]
sets <- read.table(text = "
  package        name                  label
  MASS           biopsy                class
  MASS           birthwt               low
  MASS           Pima.tr2              type
  modeldata      ad_data               Class
  modeldata      attrition             Attrition
  modeldata      cells                 class
  modeldata      credit_data           Status
  modeldata      grants_other          class
  modeldata      lending_club          Class
  modeldata      mlc_churn             churn
  modeldata      stackoverflow         Remote
  modeldata      wa_churn              churn
  mlbench        BreastCancer          Class
  mlbench        Ionosphere            Class
  mlbench        PimaIndiansDiabetes2  diabetes
  kernlab        spam                  type
  caret          GermanCredit          Class
  carData        Arrests               released
  carData        Mroz                  lfp
  carData        TitanicSurvival       survived
  AER            HMDA                  deny
  survival       jasa                  fustat
  TH.data        GlaucomaM             Class
  TH.data        wpbc                  status
", header = TRUE)
for (i in seq_len(nrow(sets))) {
  place <- new.env()
  found <- data(package = as.character(sets$package[i]))$results[, "Item"]
  item <- found[sub(" .*", "", found) == sets$name[i]]
  data(list = sub(".*\\((.*)\\)", "\\1", item), package = as.character(sets$package[i]), envir = place)
  write.csv(get(sets$name[i], place), file.path(directory, paste0(sets$name[i], ".csv")))
}
write.csv(sets, file.path(directory, "labels.csv"), row.names = FALSE)
