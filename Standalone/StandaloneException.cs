namespace WebWaka.Standalone;

/// <summary>What stops Standalone at start and how to mend it, as one line for the person at the terminal.</summary>
public sealed class StandaloneException(string what, string mend, Exception? inner = null)
    : Exception(OneLine($"{what}. {mend}"), inner)
{
    static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
