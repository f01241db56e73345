/**
 * Words that mean something to DuckDB by themselves, so that they are not read as columns. Taken from duckdb_keywords(),
 * duckdb_types() and duckdb_functions() of DuckDB 1.5.
 */
const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that are never a column unless quoted; an alias in a target must not be one of them either. */
export const reserved = set(`
    all analyse analyze and any array as asc asymmetric both case cast check collate column
    constraint create default deferrable desc describe distinct do else end except false fetch for
    foreign from group having in initially intersect into lambda lateral leading limit not null
    offset on only or order pivot pivot_longer pivot_wider placing primary qualify references
    returning select show some summarize symmetric table then to trailing true union unique unpivot
    using variadic when where window with
`);

/** Words of the grammar that may also be a column: a column of that name wins. */
export const unreserved = set(`
    abort absolute access action add admin after aggregate also alter always anti asof assertion
    assignment at attach attribute authorization backward before begin between bigint binary bit
    boolean by cache call called cascade cascaded catalog centuries century chain char character
    characteristics checkpoint class close cluster coalesce collation columns comment comments
    commit committed compression concurrently configuration conflict connection constraints content
    continue conversion copy cost cross csv cube current cursor cycle data database day days
    deallocate dec decade decades decimal declare defaults deferred definer delete delimiter
    delimiters depends detach dictionary disable discard document domain double drop each enable
    encoding encrypted enum error escape event exclude excluding exclusive execute exists explain
    export export_state extension extensions external extract family filter first float following
    force forward freeze full function functions generated glob global grant granted grouping
    grouping_id groups handler header hold hour hours identity if ignore ilike immediate immutable
    implicit import include including increment index indexes inherit inherits inline inner inout
    input insensitive insert install instead int integer interval invoker is isnull isolation join
    json key label language large last leakproof left level like listen load local location lock
    locked logged macro map mapping match matched materialized maxvalue merge method microsecond
    microseconds millennia millennium millisecond milliseconds minute minutes minvalue mode month
    months move name names national natural nchar new next no none nothing notify notnull nowait
    nullif nulls numeric object of off oids old operator option options ordinality others out outer
    over overlaps overlay overriding owned owner parallel parser partial partition partitioned
    passing password percent persistent plans policy position positional pragma preceding precision
    prepare prepared preserve prior privileges procedural procedure program publication quarter
    quarters quote range read real reassign recheck recursive ref referencing refresh reindex
    relative release rename repeatable replace replica reset respect restart restrict returns revoke
    right role rollback rollup row rows rule sample savepoint schema schemas scope scroll search
    second seconds secret security semi sequence sequences serializable server session set setof
    sets share similar simple skip smallint snapshot sorted source sql stable standalone start
    statement statistics stdin stdout storage stored strict strip struct subscription substring
    sysid system tables tablesample tablespace target temp template temporary text ties time
    timestamp transaction transform treat trigger trim truncate trusted try_cast type types
    unbounded uncommitted unencrypted unknown unlisten unlogged unpack until update use user vacuum
    valid validate validator value values varchar variable varying verbose version view views
    virtual volatile week weeks whitespace within without work wrapper write xml xmlattributes
    xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize
    xmltable year years yes zone
`);

/** Names of types, as they stand after CAST(… AS and ::. */
export const typeNames = set(`
    array bigint bignum binary bit bitstring blob bool boolean bpchar bytea char date datetime dec
    decimal double enum float float4 float8 geometry guid hugeint int int1 int128 int16 int2 int32
    int4 int64 int8 integer integral interval json list logical long map null numeric nvarchar oid
    real row short signed smallint string struct text time time_ns timestamp timestamp_ms
    timestamp_ns timestamp_s timestamp_us timestamptz timetz tinyint type ubigint uhugeint uint128
    uint16 uint32 uint64 uint8 uinteger union usmallint utinyint uuid varbinary varchar variant
    varint
`);

/** Parts of a time, as they stand in extract(… FROM …) and after INTERVAL. */
export const timeParts = set(`
    century centuries day days dayofmonth dayofweek dayofyear decade decades dow doy epoch epoch_ms
    epoch_us epoch_ns era hour hours isodow isoyear julian microsecond microseconds us millennium
    millennia millisecond milliseconds ms minute minutes month months nanosecond nanoseconds ns
    quarter quarters second seconds timezone timezone_hour timezone_minute week weekday weekofyear
    weeks year years yearweek
`);

/** Functions that make one value of many rows. Window functions are not among them. */
export const aggregateFunctions = set(`
    any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null
    arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and
    bit_or bit_xor bitstring_agg bool_and bool_or corr count count_if count_star countif covar_pop
    covar_samp entropy favg first fsum group_concat histogram histogram_exact kahan_sum kurtosis
    kurtosis_pop last list listagg mad max max_by mean median min min_by mode product quantile
    quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
    regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp
    string_agg sum sum_no_overflow sumkahan var_pop var_samp variance
`);

/** Functions that may give another answer each time. */
export const unstableFunctions = set(`
    clock_timestamp current_date current_localtime current_localtimestamp current_time current_timestamp gen_random_uuid
    get_current_time get_current_timestamp localtime localtimestamp nextval now random setseed today
    transaction_timestamp uuid uuidv4 uuidv7
`);
