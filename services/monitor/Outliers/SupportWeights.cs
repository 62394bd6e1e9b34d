namespace Platform.Monitor.Outliers;

/// <summary>
/// The weights of a one-class support vector machine: the least ½ αᵀKα with 0 ≤ α ≤ 1 and Σ α given, by sequential minimal optimisation (Platt
/// 1998) of the pair that violates the conditions of optimality most (Keerthi and others 2001).
/// </summary>
internal static class SupportWeights
{
    private const double Tolerance = 1e-6;
    private const int MostSteps = 200_000;

    /// <param name="kernel">The kernel of each pair of rows.</param>
    /// <param name="total">The sum of the weights, above 0 and at most the number of rows.</param>
    /// <returns>The weights, and ρ: the value of Kα on the border.</returns>
    public static (double[] Weights, double Border) Find(double[][] kernel, double total)
    {
        var weights = Enumerable.Range(0, kernel.Length).Select(row => Math.Clamp(total - row, 0, 1)).ToArray();
        var slopes = Array.ConvertAll(kernel, row => row.Zip(weights, (value, weight) => value * weight).Sum());
        for (var step = 0; step < MostSteps; step++)
        {
            var (up, down) = Pair(weights, slopes);
            if (up < 0 || down < 0 || slopes[down] - slopes[up] < Tolerance)
                break;
            Move(kernel, weights, slopes, up, down);
        }

        return (weights, Border(weights, slopes));
    }

    // The row whose weight should grow most, and the one whose weight should shrink most; −1 where none can.
    private static (int Up, int Down) Pair(double[] weights, double[] slopes)
    {
        var (up, down) = (-1, -1);
        for (var row = 0; row < weights.Length; row++)
        {
            if (weights[row] < 1 && (up < 0 || slopes[row] < slopes[up]))
                up = row;
            if (weights[row] > 0 && (down < 0 || slopes[row] > slopes[down]))
                down = row;
        }

        return (up, down);
    }

    private static void Move(double[][] kernel, double[] weights, double[] slopes, int up, int down)
    {
        var curvature = Math.Max(kernel[up][up] + kernel[down][down] - 2 * kernel[up][down], 1e-12);
        var room = Math.Min(1 - weights[up], weights[down]);
        var moved = Math.Min((slopes[down] - slopes[up]) / curvature, room);

        // To the bound itself, not beside it by rounding: else the pair is chosen for ever.
        weights[up] = moved == 1 - weights[up] ? 1 : weights[up] + moved;
        weights[down] = moved == weights[down] ? 0 : weights[down] - moved;
        for (var row = 0; row < slopes.Length; row++)
            slopes[row] += moved * (kernel[up][row] - kernel[down][row]);
    }

    // Rows with a weight between the bounds lie on the border; without any it lies halfway between the two sides.
    private static double Border(double[] weights, double[] slopes)
    {
        var free = Enumerable.Range(0, weights.Length).Where(row => weights[row] is > 0 and < 1).Select(row => slopes[row]).ToArray();
        if (free.Length > 0)
            return free.Average();

        var inside = Enumerable.Range(0, weights.Length).Where(row => weights[row] == 0).Select(row => slopes[row]).DefaultIfEmpty(double.NaN).Min();
        var outside = Enumerable.Range(0, weights.Length).Where(row => weights[row] == 1).Select(row => slopes[row]).DefaultIfEmpty(double.NaN).Max();
        return double.IsNaN(inside) ? outside : double.IsNaN(outside) ? inside : (inside + outside) / 2;
    }
}
