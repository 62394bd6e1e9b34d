namespace Platform.Check;

/// <summary>Which folder to look at, and what to do about it.</summary>
internal sealed record CheckCommand
{
    public const string Usage = """
        Usage: ./dev check [--repair] [--json] [--data DIR]

        Reads every file of a data folder that is read back by the platform, and holds it against its checksum and against what the others say
        must be there. No process may have the folder open. One line a fault, then what was read, by kind.

          --data DIR   the data folder of ./dev run or ./dev up (./data)
          --repair     sets aside what is damaged, in a folder 'damaged' beside it, and rebuilds what can be had from elsewhere in the folder
          --json       one JSON object instead of lines

        Exits with 0 when all is well, 1 when something is damaged or lost, 2 when it could not be looked at.
        """;

    public string Data { get; private set; } = "data";

    public bool Repairs { get; private set; }

    public bool IsJson { get; private set; }

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out CheckCommand command)
    {
        command = new CheckCommand();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--repair": command.Repairs = true; break;
                case "--json": command.IsJson = true; break;
                case "--data" when rest.TryDequeue(out var folder): command.Data = folder; break;
                case "--data": return "--data wants a folder";
                default: return $"unknown argument '{argument}'";
            }
        }
        return Directory.Exists(command.Data) ? null : $"there is no folder '{Path.GetFullPath(command.Data)}'";
    }
}
