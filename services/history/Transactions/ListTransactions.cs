using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.History.Journal;

namespace WebWaka.History.Transactions;

/// <summary>Sales, newest first: by business date, then by the time they were completed.</summary>
internal static class ListTransactions
{
    private const int MaxNumber = 40;

    /// <param name="Number">Exactly this receipt number.</param>
    /// <param name="From">First business date, yyyy-MM-dd.</param>
    /// <param name="To">Last business date, yyyy-MM-dd.</param>
    /// <param name="State">completed or voided.</param>
    /// <param name="MinTotal">Minor units.</param>
    /// <param name="MaxTotal">Minor units.</param>
    /// <param name="Product">Id of a product that the sale had.</param>
    public sealed record Query(
        string? Number, DateOnly? From, DateOnly? To, Guid? StoreId, Guid? TillId, Guid? CashierId, Guid? CustomerId, string? State, long? MinTotal,
        long? MaxTotal, Guid? Product, int? Limit, string? Cursor);

    public sealed record Item(
        Guid Id, string Number, string Status, string BusinessDate, DateTimeOffset CompletedAt, Guid StoreId, Guid TillId, Guid CashierId, Guid? CustomerId,
        string Currency, long Total, long Refunded);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/transactions", Handle).WithName(nameof(ListTransactions)).RequirePermission(Permissions.ReadTransactions).Produces<Page<Item>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, HistoryDb db, CancellationToken ct)
    {
        if (Check(query) is { } problem)
            return problem.ToHttp();
        var after = SaleCursor.Read(query.Cursor);
        var limit = Paging.Limit(query.Limit);
        var page = await db.InTenant(caller.TenantId, async () =>
        {
            var rows = await After(Filter(db, query), after).OrderByDescending(row => row.BusinessDate).ThenByDescending(row => row.At)
                .ThenByDescending(row => row.Id)
                .Take(limit + 1).AsNoTracking().ToListAsync(ct);
            return Paging.Of(rows, limit, row => new SaleCursor(row.BusinessDate, row.At, row.Id).ToString());
        }, ct);
        return TypedResults.Ok(new Page<Item>([.. page.Items.Select(ItemOf)], page.NextCursor));
    }

    private static Problem? Check(Query query)
    {
        if (query.Number?.Length > MaxNumber)
            return CommonProblems.InvalidRequest.With($"number: at most {MaxNumber} characters");
        return query.State is null or SaleStates.Completed or SaleStates.Voided
            ? null
            : CommonProblems.InvalidRequest.With("state: completed or voided");
    }

    private static IQueryable<SaleRow> Filter(HistoryDb db, Query query)
    {
        var rows = db.Sales.Where(row => row.Number != null);
        if (query.Number is { Length: > 0 } number)
            rows = rows.Where(row => row.Number == number);
        if (query.From is { } from)
            rows = rows.Where(row => row.BusinessDate >= from);
        if (query.To is { } to)
            rows = rows.Where(row => row.BusinessDate <= to);
        if (query.StoreId is { } store)
            rows = rows.Where(row => row.StoreId == store);
        if (query.TillId is { } till)
            rows = rows.Where(row => row.TillId == till);
        if (query.CashierId is { } cashier)
            rows = rows.Where(row => row.CashierId == cashier);
        if (query.CustomerId is { } customer)
            rows = rows.Where(row => row.CustomerId == customer);
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (query.MinTotal is { } min)
            rows = rows.Where(row => row.Total >= min);
        if (query.MaxTotal is { } max)
            rows = rows.Where(row => row.Total <= max);
        if (query.Product is { } product)
            rows = rows.Where(row => db.SaleProducts.Any(p => p.ProductId == product && p.SaleId == row.Id));
        return rows;
    }

    private static IQueryable<SaleRow> After(IQueryable<SaleRow> rows, SaleCursor? last) => last is not { } key ? rows : rows.Where(row =>
        EF.Functions.LessThan(ValueTuple.Create(row.BusinessDate, row.At, row.Id), ValueTuple.Create(key.Day, key.At, key.Id)));

    private static Item ItemOf(SaleRow row) => new(
        row.Id, row.Number!, row.State, row.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.At, row.StoreId, row.TillId, row.CashierId,
        row.CustomerId, row.Currency, row.Total, row.Refunded);
}

/// <summary>Where a page of sales ended. Times are microseconds, as PostgreSQL keeps them.</summary>
internal readonly record struct SaleCursor(DateOnly Day, DateTimeOffset At, Guid Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}|{At.UtcTicks}|{Id}");

    public static SaleCursor? Read(string? cursor)
    {
        if (Paging.Decode(cursor) is not { } key)
            return null;
        var parts = key.Split('|');
        if (parts.Length == 3 && DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", out var day)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParse(parts[2], out var id))
            return new SaleCursor(day, new DateTimeOffset(ticks, TimeSpan.Zero), id);
        throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours"));
    }
}
