namespace Platform.Import;

/// <summary>What to copy, from where to where.</summary>
internal sealed record ImportCommand
{
    public const string Usage = """
        Usage: ./dev import mlflow URI [--to URI] [--experiment NAME]... [--model NAME]... [--no-artifacts] [--move-aliases]

        Copies experiments, runs, registered models, versions, aliases and artifacts of an MLflow tracking server into the platform.
        What is there already is not copied again.

          --to URI              the platform (http://127.0.0.1:8080); the environment's PLATFORM_KEY is the key that it asks for
          --experiment NAME     only this experiment; repeat it for several
          --model NAME          only this registered model, and none if only experiments are named; repeat it for several
          --no-artifacts        no files of runs; those of versions are copied in any case
          --move-aliases        also aliases that name another version here than at the source; otherwise they stay

        The source is asked with MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, where they are set.
        """;

    public Uri From { get; private set; } = null!;

    public Uri To { get; private set; } = new("http://127.0.0.1:8080/");

    public HashSet<string> Experiments { get; } = [];

    public HashSet<string> Models { get; } = [];

    public bool Artifacts { get; private set; } = true;

    /// <summary>Whether an alias that names another version here is moved to that of the source.</summary>
    public bool MovesAliases { get; private set; }

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out ImportCommand command)
    {
        command = new ImportCommand();
        if (arguments is not ["mlflow", ..]) return "say what to import from: mlflow";
        var words = new Queue<string>(arguments.Skip(1));
        while (words.TryDequeue(out var word))
            if (command.Take(word, words) is { } mistake) return mistake;
        return command.From is null ? "the address of the MLflow server is missing" : null;
    }

    public bool WantsExperiment(string name) => Experiments.Count > 0 ? Experiments.Contains(name) : Models.Count == 0;

    public bool WantsModel(string name) => Models.Count > 0 ? Models.Contains(name) : Experiments.Count == 0;

    private string? Take(string word, Queue<string> words)
    {
        if (word == "--no-artifacts")
        {
            Artifacts = false;
            return null;
        }

        if (word == "--move-aliases")
        {
            MovesAliases = true;
            return null;
        }

        if (!word.StartsWith("--", StringComparison.Ordinal))
            return From is null
                ? ReadAddress(word, "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD", address => From = address)
                : $"one server at a time, not '{word}' as well";
        if (!words.TryDequeue(out var value)) return $"{word} wants a value";
        switch (word)
        {
            case "--to": return ReadAddress(value, "PLATFORM_KEY", address => To = address);
            case "--experiment": Experiments.Add(value); return null;
            case "--model": Models.Add(value); return null;
            default: return $"unknown option '{word}'";
        }
    }

    private static string? ReadAddress(string text, string variables, Action<Uri> use)
    {
        // The address becomes a public tag, and a part of messages: what it holds is no secret.
        if (Uri.TryCreate(text, UriKind.Absolute, out var given) && given.UserInfo.Length > 0)
            return $"the address of {given.Host} holds a user or a password: leave them out and set {variables} in the environment";
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return $"'{text}' is no address such as http://127.0.0.1:5000";
        use(address);
        return null;
    }
}
