namespace Platform.Registry.Promotions;

internal static partial class PromotionsLog
{
    [LoggerMessage(LogLevel.Warning, "Alert {Alert} about version {Version} of {Model} asks for a roll-back; concerned are the aliases [{Aliases}]")]
    public static partial void Handled(this ILogger logger, string alert, string model, string version, string aliases);
}
