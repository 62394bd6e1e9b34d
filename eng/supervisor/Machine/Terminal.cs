namespace Platform.Supervisor.Machine;

/// <summary>What a person reads: what happens on standard output, mistakes on standard error.</summary>
internal static class Terminal
{
    public static void Say(string line) => Console.Out.WriteLine(line);

    public static void Complain(string line) => Console.Error.WriteLine($"error: {line}");
}
