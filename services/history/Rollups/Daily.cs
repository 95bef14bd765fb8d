namespace WebWaka.History.Rollups;

/// <summary>
/// The one definition of what a document adds to the daily sums, used as it arrives and when they are made again. SQL, because
/// the documents are there and only sums come out: a million sales are summed where they lie.
/// </summary>
internal static class Daily
{
    /// <summary>
    /// Common table expressions and a final INSERT that add what <c>effect (tenant_id, document, sold, voided, refunded)</c> says:
    /// a sale sold is 1, one taken back again -1; a void 1; a refund 1. Rows are taken in key order, so that two batches never
    /// wait for each other in a circle.
    /// </summary>
    public const string Add = $"""
        keyed AS (
            SELECT e.*, d."businessDate" AS business_date, d."storeId" AS store_id, d."tillId" AS till_id, d.currency,
                d.gross, d.discount, d.net, d.tax, d.total, d.rounding
            FROM effect e CROSS JOIN LATERAL jsonb_to_record(e.document) AS d("businessDate" date, "storeId" uuid, "tillId" uuid, currency text,
                gross bigint, discount bigint, net bigint, tax bigint, total bigint, rounding bigint)),
        daily AS ({AddSales}),
        tendered AS ({AddTenders})
        {AddTaxes}
        """;

    private const string AddSales = """
        INSERT INTO daily_sales AS kept (tenant_id, business_date, store_id, till_id, currency,
            sales, gross, discount, net, fees, tax, total, rounding, voids, voided,
            refunds, refund_gross, refund_discount, refund_net, refund_fees, refund_tax, refund_total, refund_rounding)
        SELECT tenant_id, business_date, store_id, till_id, currency,
            sum(sold), sum(sold * gross), sum(sold * discount), sum(sold * k.net), sum(sold * f.net), sum(sold * tax), sum(sold * total),
            sum(sold * rounding), sum(voided), sum(voided * total),
            sum(refunded), sum(refunded * gross), sum(refunded * discount), sum(refunded * k.net), sum(refunded * f.net), sum(refunded * tax),
            sum(refunded * total), sum(refunded * rounding)
        FROM keyed k
        CROSS JOIN LATERAL (SELECT coalesce(sum(net), 0) AS net FROM jsonb_to_recordset(document -> 'fees') AS fee(net bigint)) f
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (tenant_id, business_date, store_id, till_id, currency) DO UPDATE SET
            sales = kept.sales + EXCLUDED.sales, gross = kept.gross + EXCLUDED.gross, discount = kept.discount + EXCLUDED.discount,
            net = kept.net + EXCLUDED.net, fees = kept.fees + EXCLUDED.fees, tax = kept.tax + EXCLUDED.tax, total = kept.total + EXCLUDED.total,
            rounding = kept.rounding + EXCLUDED.rounding, voids = kept.voids + EXCLUDED.voids, voided = kept.voided + EXCLUDED.voided,
            refunds = kept.refunds + EXCLUDED.refunds, refund_gross = kept.refund_gross + EXCLUDED.refund_gross,
            refund_discount = kept.refund_discount + EXCLUDED.refund_discount, refund_net = kept.refund_net + EXCLUDED.refund_net,
            refund_fees = kept.refund_fees + EXCLUDED.refund_fees, refund_tax = kept.refund_tax + EXCLUDED.refund_tax,
            refund_total = kept.refund_total + EXCLUDED.refund_total, refund_rounding = kept.refund_rounding + EXCLUDED.refund_rounding
        """;

    private const string AddTenders = """
        INSERT INTO daily_tender AS kept (tenant_id, business_date, store_id, till_id, currency, method, count, amount, refund_count, refund_amount)
        SELECT tenant_id, business_date, store_id, till_id, currency, t.method,
            sum(sold), sum(sold * t.amount), sum(refunded), sum(refunded * t.amount)
        FROM keyed
        CROSS JOIN LATERAL jsonb_to_recordset(document -> 'tenders') AS t(method text, amount bigint)
        WHERE sold <> 0 OR refunded <> 0
        GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (tenant_id, business_date, store_id, till_id, currency, method) DO UPDATE SET
            count = kept.count + EXCLUDED.count, amount = kept.amount + EXCLUDED.amount,
            refund_count = kept.refund_count + EXCLUDED.refund_count, refund_amount = kept.refund_amount + EXCLUDED.refund_amount
        """;

    private const string AddTaxes = """
        INSERT INTO daily_tax AS kept (tenant_id, business_date, store_id, till_id, currency, code, rate, treatment, base, amount, refund_base, refund_amount)
        SELECT tenant_id, business_date, store_id, till_id, currency, t.code, t.rate, coalesce(t.treatment, 'taxed'),
            sum(sold * t.base), sum(sold * t.amount), sum(refunded * t.base), sum(refunded * t.amount)
        FROM keyed
        CROSS JOIN LATERAL (
            SELECT jsonb_path_query(document, '$.lines[*].taxes[*]') UNION ALL SELECT jsonb_path_query(document, '$.fees[*].taxes[*]')) AS taxes(tax)
        CROSS JOIN LATERAL jsonb_to_record(taxes.tax) AS t(code text, rate text, treatment text, base bigint, amount bigint)
        WHERE sold <> 0 OR refunded <> 0
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT (tenant_id, business_date, store_id, till_id, currency, code, rate, treatment) DO UPDATE SET
            base = kept.base + EXCLUDED.base, amount = kept.amount + EXCLUDED.amount,
            refund_base = kept.refund_base + EXCLUDED.refund_base, refund_amount = kept.refund_amount + EXCLUDED.refund_amount
        """;
}
