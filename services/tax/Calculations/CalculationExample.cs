using WebWaka.CellKit;

namespace WebWaka.Tax.Calculations;

/// <summary>For the API document: Ghana's levies and the VAT on top of them, as they were in 2025.</summary>
internal static class CalculationExample
{
    public static readonly ApiExample Value = new(
        """
        {
          "currency": "GHS", "at": "2025-12-31T10:00:00+00:00", "pricesIncludeTax": false, "cashRounding": { "currency": "GHS", "step": 500 },
          "lines": [
            {
              "quantity": "1", "unitPrice": "100000",
              "taxes": [
                { "code": "NHIL", "rate": "2.5" }, { "code": "GETFL", "rate": "2.5" }, { "code": "CHRL", "rate": "1" },
                { "code": "VAT", "rate": "15", "onTopOf": ["NHIL", "GETFL", "CHRL"], "version": "Act 1087" }
              ]
            }
          ]
        }
        """,
        """
        {
          "currency": "GHS", "at": "2025-12-31T10:00:00+00:00",
          "lines": [
            {
              "line": 1, "quantity": "1", "unitPrice": "100000", "pricesIncludeTax": false, "gross": 100000, "discount": 0, "net": 100000,
              "taxes": [
                { "code": "NHIL", "rate": "2.5", "base": 100000, "amount": 2500, "treatment": "taxed", "included": false },
                { "code": "GETFL", "rate": "2.5", "base": 100000, "amount": 2500, "treatment": "taxed", "included": false },
                { "code": "CHRL", "rate": "1", "base": 100000, "amount": 1000, "treatment": "taxed", "included": false },
                { "code": "VAT", "rate": "15", "base": 106000, "amount": 15900, "treatment": "taxed", "included": false, "version": "Act 1087" }
              ],
              "total": 121900
            }
          ],
          "discount": 0, "net": 100000, "tax": 21900,
          "taxes": [
            { "code": "NHIL", "rate": "2.5", "base": 100000, "amount": 2500, "treatment": "taxed", "included": false },
            { "code": "GETFL", "rate": "2.5", "base": 100000, "amount": 2500, "treatment": "taxed", "included": false },
            { "code": "CHRL", "rate": "1", "base": 100000, "amount": 1000, "treatment": "taxed", "included": false },
            { "code": "VAT", "rate": "15", "base": 106000, "amount": 15900, "treatment": "taxed", "included": false }
          ],
          "fees": [], "total": 121900, "cash": { "rounding": 100, "due": 122000 }
        }
        """);
}
