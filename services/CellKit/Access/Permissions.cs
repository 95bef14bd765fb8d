namespace WebWaka.CellKit;

/// <summary>What endpoints ask for. A role is a set of these; a token carries the set, so that a Cell needs no look-up.</summary>
public static class Permissions
{
    public const string Sell = "sell";
    public const string VoidSale = "sale.void";
    public const string Refund = "refund";
    public const string OverridePrice = "price.override";
    public const string DiscountByHand = "discount.manual";
    public const string CloseShift = "shift.close";
    public const string PayOut = "cash.payOut";
    public const string ReadCatalogue = "catalogue.read";
    public const string EditCatalogue = "catalogue.edit";
    public const string ReadStock = "stock.read";
    public const string EditStock = "stock.edit";
    public const string EditPromotions = "promotions.edit";
    public const string ReadPromotions = "promotions.read";
    public const string EditTax = "tax.edit";
    public const string ReadTax = "tax.read";
    public const string ReadTransactions = "transactions.read";
    public const string ReadPayments = "payments.read";
    public const string EditPayments = "payments.edit";
    public const string EditCustomers = "customers.edit";
    public const string EditStaff = "staff.edit";
    public const string EditStores = "stores.edit";
    public const string EditSettings = "settings.edit";
    public const string ReadReports = "reports.read";
    public const string ReadAudit = "audit.read";

    public static readonly string[] All =
    [
        Sell, VoidSale, Refund, OverridePrice, DiscountByHand, CloseShift, PayOut, ReadCatalogue, EditCatalogue, ReadStock, EditStock,
        EditPromotions, ReadPromotions, EditTax, ReadTax, ReadTransactions, ReadPayments, EditPayments, EditCustomers, EditStaff, EditStores, EditSettings,
        ReadReports, ReadAudit,
    ];
}

/// <summary>The built-in roles (design section 8).</summary>
public static class Roles
{
    private static readonly string[] CashierCan =
        [Permissions.Sell, Permissions.CloseShift, Permissions.ReadCatalogue, Permissions.ReadStock, Permissions.ReadPromotions, Permissions.ReadTax, Permissions.ReadTransactions];

    private static readonly string[] SupervisorCan =
    [
        .. CashierCan, Permissions.VoidSale, Permissions.Refund, Permissions.OverridePrice, Permissions.DiscountByHand, Permissions.PayOut,
        Permissions.ReadPayments,
    ];

    private static readonly string[] ManagerCan =
    [
        .. SupervisorCan, Permissions.EditCatalogue, Permissions.EditStock, Permissions.EditPromotions, Permissions.EditTax, Permissions.EditCustomers,
        Permissions.ReadReports, Permissions.ReadAudit,
    ];

    public static readonly IReadOnlyDictionary<string, string[]> BuiltIn = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["cashier"] = CashierCan,
        ["supervisor"] = SupervisorCan,
        ["manager"] = ManagerCan,
        ["owner"] = Permissions.All,
        ["auditor"] =
        [
            Permissions.ReadCatalogue, Permissions.ReadStock, Permissions.ReadPromotions, Permissions.ReadTax, Permissions.ReadTransactions,
            Permissions.ReadPayments, Permissions.ReadReports, Permissions.ReadAudit,
        ],
    };
}
