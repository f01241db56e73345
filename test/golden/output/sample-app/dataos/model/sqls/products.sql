-- products: the columns of products.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "department" AS department
FROM catalog.schema.products
