using System.Globalization;

namespace Platform.Export;

/// <summary>What to export, from where to where.</summary>
internal sealed record ExportCommand
{
    public const string Usage = """
        Usage: ./dev export --from TIME --to TIME [--model NAME]... [--data DIR | --kafka SERVERS] FILE
               ./dev export --from TIME --to TIME [--model NAME]... [--data DIR | --kafka SERVERS] --format parquet [--platform URL] --out FOLDER

        Writes the records of the prediction log whose time lies in [from, to) to FILE, one JSON object a line, each record once.
        FILE ends in .zst (zstd), .gz (gzip), or anything else (as it is); it must not be there yet. With --format parquet each row of a request
        is a row of a table in FOLDER/model=NAME/date=DAY/part-N.parquet, and FOLDER must not be there yet.

          --from, --to TIME     ISO 8601, for example 2026-03-04 or 2026-03-04T05:06:07Z; UTC unless it says otherwise
          --model NAME          only this model; repeat it for several
          --data DIR            the data folder of a standalone process, running or not (./data)
          --kafka SERVERS       read from Kafka instead, host:port, several separated by commas
          --topic NAME          its topic (predictions.prediction-logged.v1)
          --broker-version V    for brokers before 0.10, such as that of ./dev up: 0.9.0.1
          --format FORMAT       ndjson (what is said of FILE above) or parquet
          --out FOLDER          where the tables go
          --platform URL        asks the platform there, with the key in PLATFORM_KEY if it wants one, for the names of classes and categories

        Settings of the log that differ from the defaults are taken from PLATFORM_PredictionLog__… as by the services.
        """;

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset To { get; private set; }

    public HashSet<string> Models { get; } = [];

    public string Data { get; private set; } = "data";

    public string? Kafka { get; private set; }

    public string? Topic { get; private set; }

    public string? BrokerVersion { get; private set; }

    /// <summary>The file, or the folder of tables.</summary>
    public string File { get; private set; } = "";

    public bool IsParquet { get; private set; }

    /// <summary>Who knows the versions; null where nobody is asked.</summary>
    public Uri? Platform { get; private set; }

    private bool IsFolder { get; set; }

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out ExportCommand command)
    {
        command = new ExportCommand();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                if (command.File.Length > 0) return $"one file at a time, not '{command.File}' and '{argument}'";
                command.File = argument;
                continue;
            }
            if (!rest.TryDequeue(out var value)) return $"{argument} wants a value";
            if (command.Apply(argument, value) is { } mistake) return mistake;
        }
        return command.Check();
    }

    /// <summary>Whether the record is asked for.</summary>
    public bool Wants(RecordHead record) =>
        record.Time >= From && record.Time < To && (Models.Count == 0 || Models.Contains(record.Model));

    private string? Apply(string name, string value)
    {
        switch (name)
        {
            case "--from" when TryTime(value, out var from): From = from; return null;
            case "--to" when TryTime(value, out var to): To = to; return null;
            case "--from" or "--to": return $"{name} wants a time such as 2026-03-04T05:06:07Z, not '{value}'";
            case "--model": Models.Add(value); return null;
            case "--data": Data = value; return null;
            case "--kafka": Kafka = value; return null;
            case "--topic": Topic = value; return null;
            case "--broker-version": BrokerVersion = value; return null;
            case "--format" when value is "parquet" or "ndjson": IsParquet = value == "parquet"; return null;
            case "--format": return $"--format is ndjson or parquet, not '{value}'";
            case "--out" when File.Length > 0: return $"one file or folder at a time, not '{File}' and '{value}'";
            case "--out": (File, IsFolder) = (value, true); return null;
            case "--platform" when Uri.TryCreate(value, UriKind.Absolute, out var platform) && platform.Scheme is "http" or "https":
                Platform = platform;
                return null;
            case "--platform": return $"--platform wants a URL such as http://127.0.0.1:8080, not '{value}'";
            default: return $"unknown option '{name}'";
        }
    }

    private string? Check()
    {
        if (From == default) return "--from is missing";
        if (To == default) return "--to is missing";
        if (To <= From) return "--to must lie after --from";
        if (IsParquet && !IsFolder) return "--format parquet wants --out FOLDER";
        if (!IsParquet && IsFolder) return "--out belongs to --format parquet; otherwise name a file";
        if (!IsParquet && Platform is not null) return "--platform belongs to --format parquet: lines hold what the log holds";
        if (File.Length == 0) return "the file to write is missing";
        return Kafka is null && (Topic ?? BrokerVersion) is not null ? "--topic and --broker-version belong to --kafka" : null;
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
