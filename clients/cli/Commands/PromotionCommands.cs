using System.CommandLine;
using Platform.Client;
using Platform.Client.Models;

namespace Platform.Cli.Commands;

/// <summary>Promotions that take their time.</summary>
internal static class PromotionCommands
{
    public static Command Create(CommandContext context) => new("promotion", "Promotions that take their time; 'promote' with --strategy begins one, and tells its id.\n\n" +
        "  platform promotion get 0198c0f2\n  platform promotion pause 0198c0f2")
    {
        Verb(context, "get", "Shows how a promotion stands.", (client, id, cancellationToken) => client.Promotions.GetAsync(id, cancellationToken)),
        Verb(context, "pause", "Stops deciding; the shares stay as they are.", (client, id, cancellationToken) => client.Promotions.PauseAsync(id, cancellationToken)),
        Verb(context, "resume", "Goes on, from the beginning of the step.", (client, id, cancellationToken) => client.Promotions.ResumeAsync(id, cancellationToken)),
        Verb(context, "cancel", "Ends it; all requests go to the version that had them before.", (client, id, cancellationToken) => client.Promotions.CancelAsync(id, cancellationToken)),
    };

    private static Command Verb(CommandContext context, string verb, string help, Func<PlatformClient, string, CancellationToken, Task<Promotion>> send)
    {
        var id = new Argument<string>("id") { Description = "The promotion's id." };
        return context.Command(verb, $"{help}\n\n  platform promotion {verb} 0198c0f2", [id], async (client, parsed, cancellationToken) =>
            ModelCommands.Tell(context, parsed, await send(client, parsed.GetRequiredValue(id), cancellationToken)));
    }
}
