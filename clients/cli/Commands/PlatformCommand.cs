using System.CommandLine;
using System.Net;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client.Transport;

namespace Platform.Cli.Commands;

/// <summary>The program's commands, and how it ends.</summary>
internal static class PlatformCommand
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, Login login, CancellationToken cancellationToken = default)
    {
        var parsed = Create(new CommandContext(terminal, login)).Parse(arguments);
        if (parsed.Errors.Count > 0) return Say(terminal, string.Join("; ", parsed.Errors.Select(error => error.Message)), ExitCodes.Usage);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Errors }, cancellationToken);
        }
        catch (UsageException exception)
        {
            return Say(terminal, exception.Message, ExitCodes.Usage);
        }
        catch (IOException exception)
        {
            return Say(terminal, exception.Message, ExitCodes.Usage);
        }
        catch (UnauthorizedAccessException exception)
        {
            return Say(terminal, exception.Message, ExitCodes.Usage);
        }
        catch (PlatformException exception)
        {
            return Say(terminal, Told(exception), CodeOf(exception));
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static RootCommand Create(CommandContext context) =>
        new("The model platform. Start with 'platform login URL'; PLATFORM_URL and PLATFORM_KEY go before what it stored.")
        {
            context.Url,
            context.Json,
            LoginCommand.Create(context),
            ModelCommands.Models(context),
            ModelCommands.Register(context),
            ModelCommands.Promote(context),
            ModelCommands.RollBack(context),
            PromotionCommands.Create(context),
            DiffCommand.Create(context),
            PredictCommand.Create(context),
            PredictionCommands.Create(context),
            ReviewCommand.Create(context),
            OutcomeCommands.Create(context),
            PipelineCommands.Create(context),
            ExplainCommand.Create(context),
            WholeVersionCommands.Importance(context),
            WholeVersionCommands.Dependence(context),
            AlertCommands.Create(context),
            WatchCommand.Create(context),
            LoadCommand.Create(context),
            KeyCommands.Create(context),
        };

    private static string Told(PlatformException exception) => string.Join('\n', exception.Errors
        .Select(error => $"  {error.Key}: {string.Join("; ", error.Value)}")
        .Prepend(exception.Code is { } code && exception.Errors.Count == 0 ? $"{exception.Message} ({code})" : exception.Code ?? exception.Message));

    private static int CodeOf(PlatformException exception) => exception.Status switch
    {
        null or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ExitCodes.NotReached,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.Denied,
        _ => ExitCodes.Refused,
    };

    private static int Say(Terminal terminal, string message, int code)
    {
        terminal.Errors.WriteLine($"error: {message}");
        return code;
    }
}
