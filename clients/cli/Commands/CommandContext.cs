using System.CommandLine;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client;

namespace Platform.Cli.Commands;

/// <summary>What every command has.</summary>
internal sealed class CommandContext(Terminal terminal, Login login)
{
    public Terminal Terminal => terminal;

    public Login Login => login;

    public Option<string?> Url { get; } = new("--url") { Description = "The platform's address, for example http://127.0.0.1:8080.", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Write JSON, for programs.", Recursive = true };

    /// <summary>A command that calls the platform.</summary>
    public Command Command(string name, string description, IEnumerable<Symbol> symbols, Func<PlatformClient, ParseResult, CancellationToken, Task> run) =>
        Command(name, description, symbols, async (client, parsed, cancellationToken) =>
        {
            await run(client, parsed, cancellationToken);
            return ExitCodes.Done;
        });

    /// <summary>A command that calls the platform, and ends in more ways than one.</summary>
    public Command Command(string name, string description, IEnumerable<Symbol> symbols, Func<PlatformClient, ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (url, key) = login.Read(parsed.GetValue(Url));
            using var client = new PlatformClient(url, key);
            return await run(client, parsed, cancellationToken);
        });
        return command;
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Json);
}
