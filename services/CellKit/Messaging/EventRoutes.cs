namespace WebWaka.CellKit;

/// <summary>
/// Which Cells listen to which event. Whoever publishes makes the queues of all of them first, so that an event waits for a Cell
/// that has never run yet. Each Cell's own list is what counts, and a Cell whose list differs from this one does not start.
/// </summary>
internal static class EventRoutes
{
    private static readonly Dictionary<string, string[]> Listeners = new(StringComparer.Ordinal)
    {
        ["TenantSettingsChanged"] = [Wiring.History, Wiring.Inventory, Wiring.Tax, Wiring.Transaction],
        ["StoreChanged"] = [Wiring.History, Wiring.Inventory, Wiring.Promotions, Wiring.Transaction],
        ["TillChanged"] = [Wiring.History, Wiring.Transaction],
        ["CustomerChanged"] = [Wiring.Promotions, Wiring.Transaction],
        ["ProductChanged"] = [Wiring.Promotions, Wiring.Tax, Wiring.Transaction],
        ["PromotionChanged"] = [Wiring.Transaction],
        ["CouponChanged"] = [Wiring.Transaction],
        ["LoyaltyProgrammeChanged"] = [Wiring.Transaction],
        ["TaxRulesChanged"] = [Wiring.Inventory, Wiring.Transaction],
        ["PaymentSettled"] = [Wiring.Transaction],
        ["PaymentNotApplied"] = [Wiring.Payments],
        ["SaleCompleted"] = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions],
        ["SaleVoided"] = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions],
        ["RefundCompleted"] = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions],
        ["ShiftOpened"] = [Wiring.History],
        ["ShiftClosed"] = [Wiring.History],
    };

    /// <summary>Every pair of an event's type and a Cell that listens to it.</summary>
    public static IEnumerable<(string Type, string Cell)> All => Listeners.SelectMany(route => route.Value.Select(cell => (route.Key, cell)));

    public static bool HasListener(string type) => Listeners.ContainsKey(type);

    public static void MustBe(string cell, IEnumerable<string> types)
    {
        var listed = All.Where(route => route.Cell == cell).Select(route => route.Type).Order(StringComparer.Ordinal);
        var own = types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        if (!listed.SequenceEqual(own, StringComparer.Ordinal))
            throw new InvalidOperationException(
                $"{nameof(EventRoutes)} says that {cell} listens to {string.Join(", ", listed)}; it listens to {string.Join(", ", own)}.");
    }
}
