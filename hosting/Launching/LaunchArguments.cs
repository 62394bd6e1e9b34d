using System.Globalization;

namespace Platform.Hosting.Launching;

/// <summary>
/// Reads what everyone who launches the platform may say, and what one launcher adds to that: <c>--name value</c>,
/// <c>--name=value</c> and switches. Of what is said twice, the last holds.
/// </summary>
public sealed class LaunchArguments
{
    private readonly Dictionary<string, Action> _switches = [];
    private readonly Dictionary<string, Func<string, string?>> _options = [];

    public LaunchArguments() => Switch("--empty", () => Empty = true).Option("--port", TakePort).Option("--data", TakeData);

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; private set; } = 8080;

    /// <summary>The data folder's full path.</summary>
    public string Data { get; private set; } = Path.GetFullPath("data");

    /// <summary>Whether to start without samples.</summary>
    public bool Empty { get; private set; }

    /// <summary>Understands one more word that stands alone.</summary>
    public LaunchArguments Switch(string name, Action set)
    {
        _switches.Add(name, set);
        return this;
    }

    /// <summary>Understands one more word with a value; <paramref name="take"/> answers null, or what is wrong with the value.</summary>
    public LaunchArguments Option(string name, Func<string, string?> take)
    {
        _options.Add(name, take);
        return this;
    }

    /// <summary>Null when every argument is understood, or what is wrong with the first that is not.</summary>
    public string? Read(IReadOnlyList<string> arguments)
    {
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (Take(argument, rest) is { } mistake) return mistake;
        }
        return null;
    }

    private string? Take(string argument, Queue<string> rest)
    {
        if (_switches.TryGetValue(argument, out var set))
        {
            set();
            return null;
        }
        var (name, value) = argument.Split('=', 2) is [var before, var after] ? (before, after) : (argument, null);
        if (!_options.TryGetValue(name, out var take)) return $"unknown option '{argument}'";
        return value is null && !rest.TryDequeue(out value) ? $"{name} wants a value" : take(value);
    }

    private string? TakePort(string text)
    {
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return $"--port wants a number up to {ushort.MaxValue}, not '{text}'";
        Port = port;
        return null;
    }

    private string? TakeData(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) return "--data wants a folder";
        Data = Path.GetFullPath(path);
        return null;
    }
}
