using System.Diagnostics;

namespace Platform.TestKit.Running;

/// <summary>Runs tools to their end.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the program prints; it must end with 0.</summary>
    /// <exception cref="InvalidOperationException">It is not there, does not end, or fails: what it printed.</exception>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Neither look for newer versions of themselves, nor leave build nodes behind, nor colours in what they print.
        foreach (var (name, value) in new[] { ("KIOTA_OFFLINE_ENABLED", "true"), ("MSBUILDDISABLENODEREUSE", "1"), ("NO_COLOR", "1"), ("REDOCLY_TELEMETRY", "off") })
            start.Environment[name] = value;
        using var process = Start(start);
        using var deadline = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not end within {Patience.TotalMinutes} minutes.");
        }

        var said = await output + await errors;
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"'{start.FileName}' is needed by this test: {exception.Message}", exception);
        }
    }
}
