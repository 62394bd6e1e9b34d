using Platform.Hosting.Errors;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Notes in a model's history that somebody who may not tried to move one of its aliases by MLflow's routes, which name both in the body.</summary>
internal static class DeniedMove
{
    private sealed record Move(string? Name, string? Version, string? Alias, string? Stage);

    public static async Task RecordAsync(HttpContext context, Error refusal)
    {
        Move move;
        try
        {
            move = await MLflowRequest.ReadAsync<Move>(context.Request, context.RequestAborted);
        }
        catch (MLflowException)
        {
            return; // it names no model
        }

        if (!string.IsNullOrEmpty(move.Name)) await DeniedPromotion.RecordAsync(context, move.Name, move.Version, move.Alias ?? AliasOf(move.Stage), refusal);
    }

    private static string? AliasOf(string? stage) => stage is not null && Stage.TryRead(stage) is { } known ? Stage.AliasOf(known) : null;
}
