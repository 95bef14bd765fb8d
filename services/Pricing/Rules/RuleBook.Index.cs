using System.Runtime.CompilerServices;
using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing;

public sealed partial record RuleBook
{
    RuleIndex? index;

    /// <summary>Made once; a copy by <c>with</c> carries the original's and makes its own.</summary>
    internal RuleIndex Index
    {
        get
        {
            var made = Volatile.Read(ref index);
            if (made is not null && ReferenceEquals(made.Rules, this)) return made;
            made = RuleIndex.Build(this);
            Volatile.Write(ref index, made);
            return made;
        }
    }

    /// <summary>What is wrong with the rules, if anything: to be asked before they are stored.</summary>
    public PricingFailure? Check() => Index.Failure;

    public bool Equals(RuleBook? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
