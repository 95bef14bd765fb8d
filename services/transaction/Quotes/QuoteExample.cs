using WebWaka.CellKit;

namespace WebWaka.Transaction.Quotes;

/// <summary>For the API document: rice and soap with a coupon and a tip, to be paid in cash.</summary>
internal static class QuoteExample
{
    public static readonly ApiExample Value = new(
        """
        {
          "storeId": "01980000-0000-7000-8000-000000000001", "tillId": "01980000-0000-7000-8000-000000000002",
          "lines": [{ "sku": "RICE", "quantity": "2" }, { "barcode": "6159876543210", "quantity": "1" }],
          "coupons": ["WELCOME10"], "customerId": "01980000-0000-7000-8000-000000000005",
          "fees": [{ "code": "TIP", "amount": 20000 }], "tenders": [{ "method": "cash" }]
        }
        """,
        """
        {
          "currency": "NGN", "pricesIncludeTax": false, "gross": 2545050, "net": 2290545, "discount": 254505, "tax": 171791, "total": 2482336,
          "lines": [
            {
              "number": 1, "productId": "01980000-0000-7000-8000-000000000003", "sku": "RICE", "name": "Rice 5 kg", "quantity": "2",
              "unitPrice": "1250000", "taxClass": "standard", "gross": 2500000,
              "discounts": [
                {
                  "promotion": "01980000-0000-7000-8000-000000000004", "name": "Welcome", "amount": 250000, "base": 2500000, "coupon": "WELCOME10",
                  "version": 1, "source": "promotion"
                }
              ],
              "net": 2250000,
              "taxes": [
                {
                  "code": "VAT", "rate": "7.5", "base": 2250000, "amount": 168750, "included": false, "treatment": "taxed",
                  "rule": "standard/VAT@2020-02-01T00:00:00", "version": "NG-2026.1.1"
                }
              ],
              "total": 2418750
            },
            {
              "number": 2, "productId": "01980000-0000-7000-8000-000000000006", "sku": "SOAP", "name": "Soap", "quantity": "1",
              "unitPrice": "45050", "taxClass": "standard", "gross": 45050,
              "discounts": [
                {
                  "promotion": "01980000-0000-7000-8000-000000000004", "name": "Welcome", "amount": 4505, "base": 45050, "coupon": "WELCOME10",
                  "version": 1, "source": "promotion"
                }
              ],
              "net": 40545,
              "taxes": [
                {
                  "code": "VAT", "rate": "7.5", "base": 40545, "amount": 3041, "included": false, "treatment": "taxed",
                  "rule": "standard/VAT@2020-02-01T00:00:00", "version": "NG-2026.1.1"
                }
              ],
              "total": 43586
            }
          ],
          "fees": [{ "code": "TIP", "name": "Tip", "net": 20000, "taxes": [], "total": 20000, "rule": "fees/TIP", "version": "NG-2026.1.1" }],
          "taxes": [{ "code": "VAT", "rate": "7.5", "base": 2290545, "amount": 171791, "included": false, "treatment": "taxed" }],
          "applied": [
            { "promotion": "01980000-0000-7000-8000-000000000004", "name": "Welcome", "coupon": "WELCOME10", "count": 1, "amount": 254505, "version": 1 }
          ],
          "notApplied": [], "notCharged": [{ "rule": "fees/DELIVERY", "reason": "not_chosen" }],
          "rulesVersion": "14/NG-2026.1.1", "taxPoint": "2026-06-15T12:00:00+01:00", "rounding": 164, "due": 2482500
        }
        """);
}
