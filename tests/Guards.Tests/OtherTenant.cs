namespace WebWaka.Guards.Tests;

/// <summary>
/// For each route that asks for a token, the test of Cells.Tests that calls it as another tenant. GETs with an id are besides
/// called by <see cref="RouteTests"/> itself.
/// </summary>
internal static class OtherTenant
{
    private const string Staff = "Identity.StaffTests.Another_shops_staff_and_stores_are_not_there";
    private const string Stores = "Identity.StoresTests.Another_shops_stores_and_tills_are_not_there";
    private const string Clients = "Identity.ClientTests.A_program_is_let_in_by_its_own_secret_and_on_its_own_shops_host";
    private const string Settings = "Identity.SettingsTests.Settings_are_the_callers_own_shops";
    private const string Products = "Inventory.ProductTests.Another_tenants_products_are_not_there";
    private const string Stock = "Inventory.MoveStockTests.Another_tenants_store_and_product_are_unknown";
    private const string Promotions = "Promotions.PromotionTests.Another_tenants_promotion_is_not_there";
    private const string Tax = "Tax.TaxRulesTests.Another_tenant_sees_and_changes_only_its_own_rules";
    private const string Sales = "Transaction.CompleteSaleTests.Another_tenants_till_shift_and_products_are_not_there";
    private const string LatePayments = "Transaction.LapseTests.Money_that_comes_after_the_end_is_put_before_a_person";
    private const string Drawer = "OtherTenantTests.Another_tenants_till_store_and_shift_are_not_there";

    private const string Payments = "Payments.CreatePaymentTests.Another_tenants_payments_refunds_and_ledger_are_not_there";
    private const string PaymentsAfterwards = "Payments.DisputeTests.Another_tenants_payments_disputes_and_refunds_cannot_be_touched";
    private const string Accounts = "Payments.AccountTests.P02_Another_shops_key_door_and_deliveries_are_not_ones_own";
    private const string Settlements = "Payments.SettlementTests.Payouts_are_booked_once_and_another_shop_sees_nothing_of_them";
    private const string Journal = "OtherTenantTests.Another_tenants_journal_is_not_there";
    private const string Reports = "History.ReportTests.Another_tenant_s_sales_are_in_no_report";

    public static readonly IReadOnlyDictionary<string, string> Tests = new Dictionary<string, string>()
    {
        ["GET /api/me"] = Settings,
        ["GET /api/settings"] = Settings,
        ["PUT /api/settings"] = Settings,
        ["GET /api/stores"] = Stores,
        ["POST /api/stores"] = Stores,
        ["PUT /api/stores/{id:guid}"] = Stores,
        ["GET /api/tills"] = Stores,
        ["POST /api/tills"] = Stores,
        ["PUT /api/tills/{id:guid}"] = Stores,
        ["GET /api/staff"] = Staff,
        ["POST /api/staff"] = Staff,
        ["PUT /api/staff/{id:guid}"] = Staff,
        ["GET /api/roles"] = Staff,
        ["POST /api/roles"] = Staff,
        ["GET /api/clients"] = Clients,
        ["POST /api/clients"] = Clients,
        ["DELETE /api/clients/{id:guid}"] = Clients,
        ["GET /api/products"] = Products,
        ["POST /api/products"] = Products,
        ["GET /api/products/{id:guid}"] = Products,
        ["PUT /api/products/{id:guid}"] = Products,
        ["POST /api/products/batch"] = "Inventory.ProductBatchTests.Another_tenants_product_cannot_be_changed_in_a_batch",
        ["GET /api/categories"] = Products,
        ["GET /api/stock"] = Stock,
        ["GET /api/stock/movements"] = Stock,
        ["POST /api/stock/movements"] = Stock,
        ["GET /api/stock/conflicts"] = "OtherTenantTests.Another_tenants_conflicts_are_not_listed",
        ["GET /api/promotions"] = Promotions,
        ["POST /api/promotions"] = Promotions,
        ["GET /api/promotions/{id:guid}"] = Promotions,
        ["PUT /api/promotions/{id:guid}"] = Promotions,
        ["GET /api/promotions/{id:guid}/usage"] = Promotions,
        ["POST /api/promotions/evaluate"] = "Promotions.EvaluatePromotionsTests.Each_tenant_is_evaluated_by_its_own_promotions",
        ["POST /api/promotions/{id:guid}/archive"] = Promotions,
        ["POST /api/promotions/{id:guid}/coupons"] = Promotions,
        ["GET /api/coupons"] = "Promotions.CouponTests.Another_tenants_coupons_are_not_listed_and_pages_follow_each_other",
        ["POST /api/coupons/{code}/archive"] = "OtherTenantTests.Another_tenants_coupon_cannot_be_archived",
        ["GET /api/tax/rules"] = Tax,
        ["PUT /api/tax/rules"] = Tax,
        ["POST /api/tax/rules/pack"] = Tax,
        ["GET /api/tax/packs"] = "Tax.TaxRulesTests.Packs_are_the_same_for_everybody_and_cite_every_rule",
        ["POST /api/tax/calculate"] = "Tax.CalculateTaxTests.Each_tenant_is_calculated_by_its_own_rules",
        ["POST /api/quotes"] = Drawer,
        ["POST /api/shifts"] = Drawer,
        ["GET /api/shifts/{id:guid}"] = Sales,
        ["GET /api/shifts/current"] = Drawer,
        ["POST /api/shifts/{id:guid}/cash"] = Drawer,
        ["POST /api/shifts/{id:guid}/close"] = Drawer,
        ["POST /api/sales"] = Sales,
        ["GET /api/sales/late-payments"] = LatePayments,
        ["GET /api/sales/{id:guid}"] = Sales,
        ["POST /api/sales/{id:guid}/void"] = Sales,
        ["POST /api/refunds"] = Sales,
        ["POST /api/payments"] = "Payments.CreatePaymentTests.Another_tenants_ticket_a_changed_one_and_an_expired_one_collect_nothing",
        ["GET /api/payments"] = Payments,
        ["GET /api/payments/{id:guid}"] = Payments,
        ["GET /api/payments/refunds"] = Payments,
        ["GET /api/payments/ledger/balance"] = Payments,
        ["POST /api/payments/{id:guid}/abandon"] = PaymentsAfterwards,
        ["POST /api/payments/{id:guid}/cancel"] = PaymentsAfterwards,
        ["POST /api/payments/{id:guid}/return"] = PaymentsAfterwards,
        ["POST /api/payments/refunds/{id:guid}/retry"] = PaymentsAfterwards,
        ["GET /api/payments/disputes"] = PaymentsAfterwards,
        ["POST /api/payments/disputes/{id:guid}/answer"] = PaymentsAfterwards,
        ["GET /api/payments/account"] = Accounts,
        ["PUT /api/payments/account"] = Accounts,
        ["GET /api/payments/webhooks"] = Accounts,
        ["GET /api/payments/webhooks/{id}"] = Accounts,
        ["POST /api/payments/webhooks/{id}/replay"] = Accounts,
        ["GET /api/settlements"] = Settlements,
        ["POST /api/settlements/match"] = Settlements,
        ["GET /api/settlements/exceptions"] = Settlements,
        ["POST /api/settlements/exceptions/{id:guid}/resolve"] = Settlements,
        ["GET /api/transactions"] = Journal,
        ["GET /api/transactions/{id:guid}"] = Journal,
        ["GET /api/refunds"] = "History.SearchTests.Refunds_are_listed_by_sale_and_read_one_by_one",
        ["GET /api/refunds/{id:guid}"] = "History.SearchTests.Refunds_are_listed_by_sale_and_read_one_by_one",
        ["GET /api/receipts/{id:guid}"] = "History.ReceiptTests.A_receipt_is_there_once_the_journal_has_it_and_for_its_own_tenant",
        ["GET /api/reports/sales"] = Reports,
        ["GET /api/reports/tax"] = Reports,
        ["GET /api/audit"] = Journal,
    };
}
