using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>For the API document: three teas for the price of two, and an offer that is for the evening.</summary>
internal static class EvaluationExample
{
    public static readonly ApiExample Value = new(
        """
        {
          "cart": { "currency": "NGN", "at": "2026-06-15T12:00:00+01:00", "lines": [{ "quantity": "3", "unitPrice": "1000", "tags": ["tea"] }] },
          "rules": [
            { "type": "buyXGetY", "name": "3 for 2", "buy": 2, "get": 1, "items": { "tags": ["tea"] } },
            { "type": "percentOff", "name": "Evening", "percent": "10", "conditions": { "hours": [{ "from": "18:00", "to": "20:00" }] } }
          ]
        }
        """,
        """
        {
          "currency": "NGN",
          "lines": [
            {
              "line": 1, "quantity": "3", "unitPrice": "1000", "pricesIncludeTax": false, "gross": 3000,
              "discounts": [
                {
                  "source": "promotion", "promotionId": "00000001-0000-0000-0000-000000000000", "version": 1, "name": "3 for 2", "amount": 1000, "base": 3000
                }
              ],
              "net": 2000, "taxes": [], "total": 2000
            }
          ],
          "gross": 3000, "discount": 1000, "net": 2000, "tax": 0, "fees": [], "total": 2000, "taxes": [],
          "applied": [
            { "promotionId": "00000001-0000-0000-0000-000000000000", "version": 1, "name": "3 for 2", "count": 1, "amount": 1000, "base": 3000 }
          ],
          "notApplied": [
            { "promotionId": "00000002-0000-0000-0000-000000000000", "reason": "outside_hours", "version": 1, "name": "Evening" }
          ],
          "skipped": []
        }
        """);
}
