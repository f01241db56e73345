-- yes: the columns of 2024 (sales) 😀.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  """; drop table x; --" AS drop_table_x,
  "😀" AS column_column,
  "order" AS order_column,
  braced AS braced, -- was “(braced)” in the file: rename it
  a_b AS a_b, -- was “a b” in the file: rename it
  CAST("day" AS TIMESTAMP) AS day,
  "due" AS due,
  CAST("due" AS TIMESTAMP) AS due_time,
  "hour" AS hour,
  CAST("tags" AS VARCHAR) AS tags,
  "Größe" AS grosse,
  "grosse" AS grosse_2,
  "year" AS year,
  "gone" AS gone
FROM catalog.schema."2024 ""sales""; --"
