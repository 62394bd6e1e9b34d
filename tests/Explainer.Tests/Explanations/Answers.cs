using System.Text.Json.Nodes;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Reading explanations in tests.</summary>
internal static class Answers
{
    public static double[] Numbers(this JsonNode? node) => [.. node!.AsArray().Select(item => item!.GetValue<double>())];

    public static double[][] Matrix(this JsonNode? node) => [.. node!.AsArray().Select(Numbers)];

    public static string[] Texts(this JsonNode? node) => [.. node!.AsArray().Select(item => item!.GetValue<string>())];

    /// <summary>Checks base[o] + Σ_i attributions[i][o] + residual = prediction[o] for every row, to rounding.</summary>
    public static JsonNode AssertAddsUp(this JsonNode explanation, double tolerance = 1e-9)
    {
        foreach (var row in explanation["rows"]!.AsArray())
        {
            var (prediction, start, values) = (row!["prediction"].Numbers(), row["base"].Numbers(), row["attributions"].Matrix());
            for (var output = 0; output < prediction.Length; output++)
            {
                var sum = start[output] + values.Sum(value => value[output]) + row["residual"]!.GetValue<double>();
                Assert.True(Math.Abs(sum - prediction[output]) < tolerance, $"{sum:R} is not {prediction[output]:R}");
            }
        }

        return explanation;
    }
}
