using System.Text.Json.Nodes;
using WebWaka.Contracts.Promotions;

namespace WebWaka.Promotions.Promotions;

/// <summary>A promotion as the API gives it. <c>Rule</c> is the document of <c>WebWaka.Pricing</c>; <c>Version</c> is also the ETag.</summary>
internal sealed record PromotionAnswer(
    Guid Id, long Version, string Name, JsonNode Rule, long? TotalLimit, bool Archived, DateTimeOffset CreatedAt,
    PromotionWarning[]? Warnings = null)
{
    /// <param name="warnings">Of a promotion that has just been saved; none are left out of the answer.</param>
    public static PromotionAnswer Of(PromotionRow row, PromotionWarning[]? warnings = null) => new(
        row.Id, row.Version, row.Name, PromotionDocument.Read(row.Document), row.TotalLimit, row.Archived, row.CreatedAt,
        warnings is { Length: > 0 } ? warnings : null);

    public static PromotionChanged Event(PromotionRow row) => new(row.Id, row.Version, row.Document, row.TotalLimit, row.Archived);
}
