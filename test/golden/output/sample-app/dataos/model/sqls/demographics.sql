-- demographics: the columns of demographics.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "income" AS income
FROM catalog.schema.demographics
