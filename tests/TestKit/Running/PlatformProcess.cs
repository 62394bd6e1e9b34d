using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.TestKit.Running;

/// <summary>
/// A built program that prints <c>ready URL</c>, as a child process: started, stopped and killed as a user or an operating system
/// would.
/// </summary>
public sealed partial class PlatformProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private PlatformProcess(Process process)
    {
        _process = process;
        Capture(process, _output, _errors);
    }

    /// <summary>The address from its <c>ready</c> line.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it wrote to standard output until now.</summary>
    public string Output => Text(_output);

    /// <summary>What it wrote to standard error until now.</summary>
    public string Errors => Text(_errors);

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts it, by another program where <paramref name="through"/> names one, and waits for its <c>ready</c> line.</summary>
    public static async Task<PlatformProcess> StartAsync(string program, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? settings, TimeSpan within, IReadOnlyList<string>? through = null)
    {
        var running = Launch(program, arguments, settings, through ?? []);
        try
        {
            running.Address = await Eventually.ValueAsync(
                () => Task.FromResult(running.FindAddress()), "the platform says that it is ready", within);
            return running;
        }
        catch (Exception exception)
        {
            await running.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{running.Output}\n{running.Errors}", exception);
        }
    }

    /// <summary>Runs it to its end, for command lines that it refuses.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        await using var running = Launch(program, arguments, null, []);
        await running.WaitForExitAsync(Eventually.Patience);
        return (running._process.ExitCode, running.Output, running.Errors);
    }

    /// <summary>Asks it to stop, as Ctrl-C and service managers do, and answers its exit code.</summary>
    public async Task<int> StopAsync(TimeSpan within)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await WaitForExitAsync(within);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync(Eventually.Patience);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync();
        _process.Dispose();
    }

    private static PlatformProcess Launch(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings, IReadOnlyList<string> through)
    {
        IReadOnlyList<string> line = [.. through, "dotnet", program, .. arguments];
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new PlatformProcess(Process.Start(start)!);
    }

    private Uri? FindAddress()
    {
        if (!IsRunning) throw new InvalidOperationException($"The platform ended with {_process.ExitCode}.");
        return ReadyLine().Match(Output) is { Success: true } match ? new Uri(match.Groups[1].Value) : null;
    }

    private async Task WaitForExitAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The platform did not end within {within.TotalSeconds} s.\n{Output}\n{Errors}");
        }
    }

    private static void Capture(Process process, StringBuilder output, StringBuilder errors)
    {
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [GeneratedRegex("^ready (https?://127\\.0\\.0\\.1:[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex ReadyLine();
}
