using WebWaka.CellKit;

namespace WebWaka.Transaction.Sales;

/// <summary>For the API document: the cart of the quote's example, paid by card and cash.</summary>
internal static class SaleExample
{
    public static readonly ApiExample Value = new(
        """
        {
          "id": "01980000-0000-7000-8000-000000000007", "storeId": "01980000-0000-7000-8000-000000000001",
          "tillId": "01980000-0000-7000-8000-000000000002", "shiftId": "01980000-0000-7000-8000-000000000008",
          "lines": [{ "sku": "RICE", "quantity": "2" }, { "barcode": "6159876543210", "quantity": "1" }],
          "coupons": ["WELCOME10"], "customerId": "01980000-0000-7000-8000-000000000005",
          "fees": [{ "code": "TIP", "amount": 20000 }], "expectedTotal": 2482336,
          "tenders": [{ "method": "card", "amount": 1000000, "reference": "POS-1" }, { "method": "cash", "amount": 1482500, "tendered": 1500000 }]
        }
        """,
        """
        {
          "id": "01980000-0000-7000-8000-000000000007", "number": "T01S0000001", "status": "completed", "currency": "NGN", "net": 2290545,
          "discount": 254505, "tax": 171791, "total": 2482336, "rounding": 164, "due": 2482500, "change": 17500, "businessDate": "2026-06-15",
          "at": "2026-06-15T11:00:00+00:00"
        }
        """);
}
