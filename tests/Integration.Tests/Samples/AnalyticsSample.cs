using System.Diagnostics;
using Platform.TestKit;

namespace Platform.Integration.Tests.Samples;

internal static class AnalyticsSample
{
    /// <summary>Runs the sample until it says that line, then kills it.</summary>
    public static async Task SaysAsync(string line, params IEnumerable<string> arguments)
    {
        // Beside its own dependencies, built with the same configuration as this.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Repository.PathOf("samples", "analytics", "bin", configuration, "net10.0", "Platform.Analytics.dll");
        using var sample = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
        try
        {
            while (await sample.StandardOutput.ReadLineAsync().PatientlyAsync() is { } said)
                if (said == line) return;
            Assert.Fail($"The sample ended and never said: {line}");
        }
        finally
        {
            sample.Kill();
        }
    }
}
