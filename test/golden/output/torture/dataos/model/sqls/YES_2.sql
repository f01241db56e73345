-- YES_2: the columns of gone that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "year" AS year
FROM catalog.schema.gone
