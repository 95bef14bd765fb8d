namespace WebWaka.PaystackSandbox;

/// <summary>Who gets what of a paid amount, in subunits. The fee is borne by whom the split names.</summary>
internal static class Sharing
{
    public static Shares Of(Split split, long amount, long fee)
    {
        var parts = Array.ConvertAll(split.Shares, s => split.Type is "flat" ? s.Of : checked(amount * s.Of) / 100);
        var main = amount - parts.Sum();
        var borne = Borne(split, fee);
        for (var i = 0; i < parts.Length; i++)
            parts[i] -= borne[i];
        return new Shares(fee, main - (fee - borne.Sum()), parts);
    }

    /// <summary>Each subaccount's part of the fee; the main account bears what is left.</summary>
    static long[] Borne(Split split, long fee) => split.Bearer switch
    {
        "subaccount" => Array.ConvertAll(split.Shares, s => s.Code == split.BearerSubaccount ? fee : 0),
        "all" => Array.ConvertAll(split.Shares, _ => fee / (split.Shares.Length + 1)),
        "all-proportional" when split.Type is "percentage" => Array.ConvertAll(split.Shares, s => fee * s.Of / 100),
        "all-proportional" => Array.ConvertAll(split.Shares, s => fee * s.Of / Math.Max(1, split.Shares.Sum(of => of.Of))),
        _ => new long[split.Shares.Length],
    };
}
