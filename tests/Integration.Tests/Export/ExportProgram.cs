using System.Diagnostics;

namespace Platform.Integration.Tests.Export;

/// <summary>What <c>./dev export</c> runs.</summary>
internal static class ExportProgram
{
    /// <summary>Its exit status, and all that it says.</summary>
    public static async Task<(int Status, string Said)> RunAsync(params IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Platform.Export.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
