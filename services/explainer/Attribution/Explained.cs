using System.Numerics.Tensors;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>Completes an explanation with what every method reports alike.</summary>
internal static class Explained
{
    /// <summary>Builds the result; the residual is f(x) − base − Σ_i values[i], per output.</summary>
    public static AttributionResult From(CoalitionGame game, double[] values, double[]? standardErrors) => new()
    {
        Prediction = game.Prediction.ToArray(),
        Base = game.Base.ToArray(),
        Values = values,
        StandardErrors = standardErrors,
        Residual = Residual(game, values),
        Evaluations = game.Evaluations,
    };

    /// <summary>What the values leave unexplained, per output.</summary>
    public static double[] Residual(CoalitionGame game, ReadOnlySpan<double> values)
    {
        var residual = game.Prediction.ToArray();
        TensorPrimitives.Subtract(residual, game.Base, residual);
        for (var at = 0; at < values.Length; at += residual.Length)
            TensorPrimitives.Subtract(residual, values.Slice(at, residual.Length), residual);
        return residual;
    }

    /// <summary>
    /// Divides each output's residual among the features in proportion to their variances, the best linear correction for
    /// independent errors; those without any, dummies above all, keep what they have.
    /// </summary>
    public static void GiveBack(double[] residual, double[] values, double[] variances)
    {
        for (var output = 0; output < residual.Length; output++)
        {
            var total = 0.0;
            for (var at = output; at < values.Length; at += residual.Length)
                total += variances[at];
            if (total <= 0)
                continue;
            for (var at = output; at < values.Length; at += residual.Length)
                values[at] += residual[output] * (variances[at] / total);
        }
    }
}
