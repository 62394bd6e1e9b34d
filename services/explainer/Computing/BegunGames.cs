using Platform.Explainer.Explanations;
using Platform.Explainer.Games;

namespace Platform.Explainer.Computing;

/// <summary>One game for each row to explain, and the names that go with them.</summary>
/// <param name="Games">The games, in the order of the rows; at least one.</param>
/// <param name="Features">For each game, the names of its players.</param>
/// <param name="OutputNames">Names of the explained numbers.</param>
/// <param name="Background">What the rows are compared with.</param>
/// <param name="IsText">Whether each row has features of its own.</param>
internal sealed record BegunGames(
    IReadOnlyList<CoalitionGame> Games,
    IReadOnlyList<IReadOnlyList<string>> Features,
    IReadOnlyList<string> OutputNames,
    BackgroundDescription Background,
    bool IsText);
