namespace WebWaka.Standalone;

/// <summary>What stops Standalone or the operator's tool.</summary>
public sealed class StandaloneException(string what, string mend, Exception? inner = null) : StartException(what, mend, inner);
