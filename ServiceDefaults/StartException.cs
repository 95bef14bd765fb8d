namespace WebWaka;

/// <summary>What stops a process at start and how to mend it, as one line for the person who started it.</summary>
public class StartException(string what, string mend, Exception? inner = null)
    : Exception(OneLine($"{what}. {mend}"), inner)
{
    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
