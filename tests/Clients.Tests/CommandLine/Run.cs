using Platform.Cli.Commands;
using Platform.Cli.Output;
using Platform.Cli.Settings;

namespace Platform.Clients.Tests.CommandLine;

/// <summary>A run of the program to its end.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs it with a login file, and with variables of the environment.</summary>
    public static async Task<Run> OfAsync(string login, string input, Dictionary<string, string> environment, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await PlatformCommand.RunAsync(arguments, new Terminal(new StringReader(input), output, errors), new Login(login, environment.GetValueOrDefault));
        return new Run(code, output.ToString(), errors.ToString());
    }
}
