using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A tax class that would go, and how many live products are in it.</summary>
internal sealed record ClassInUse(string Code, int Products);

/// <summary>Goods whose class is gone cannot be sold, so a class stays while products are in it.</summary>
internal static class ClassesInUse
{
    /// <summary>Those of the classes that <paramref name="after"/> has no more which products are in.</summary>
    public static async Task<ClassInUse[]> Of(TaxDb db, RuleBook before, RuleBook after, CancellationToken ct)
    {
        string[] gone = [.. before.TaxClasses.Select(c => c.Code).Except(after.TaxClasses.Select(c => c.Code), StringComparer.Ordinal)];
        return gone.Length == 0
            ? []
            : await db.Products.Where(product => !product.Archived && gone.Contains(product.TaxClass)).GroupBy(product => product.TaxClass)
                .OrderBy(group => group.Key).Select(group => new ClassInUse(group.Key, group.Count())).ToArrayAsync(ct);
    }

    public static Problem Refuse(ClassInUse[] used) =>
        Problems.TaxClassInUse.With(string.Join(", ", used.Select(one => $"{one.Code}: {one.Products} products"))).With("classes", used);
}
