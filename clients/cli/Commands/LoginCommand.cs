using System.CommandLine;
using Platform.Cli.Settings;
using Platform.Client;

namespace Platform.Cli.Commands;

internal static class LoginCommand
{
    public static Command Create(CommandContext context)
    {
        var url = new Argument<string>("url") { Description = "The platform's address." };
        var withKey = new Option<bool>("--key-stdin") { Description = "Read the key from the standard input; a key among the arguments could be seen by others." };
        var command = new Command("login", "Stores the platform's address and a key, for your eyes only, after it has been tried.\n\n" +
            "  platform login http://127.0.0.1:8080\n  platform login https://models.example --key-stdin < key.txt") { url, withKey };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = Login.Address(parsed.GetValue(url)!);
            var key = parsed.GetValue(withKey) ? (await context.Terminal.Input.ReadLineAsync(cancellationToken))?.Trim() : null;
            if (parsed.GetValue(withKey) && string.IsNullOrEmpty(key)) throw new UsageException("the standard input holds no key");
            using var client = new PlatformClient(address, key);
            await client.Http.GetAsync("/v2", cancellationToken);
            context.Login.Write(address, key);
            context.Terminal.Line($"Stored in {context.Login.File}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
