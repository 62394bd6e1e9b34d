using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>A registered model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; null without one.</param>
/// <param name="LatestVersion">The newest version's number; null before the first.</param>
/// <param name="Aliases">The version that each alias names.</param>
public sealed record ModelDescription(string Name, string? Description, string? LatestVersion, IReadOnlyDictionary<string, string> Aliases);

/// <summary>A registered version.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its number.</param>
/// <param name="Status">ready, once it can be promoted.</param>
/// <param name="Sha256">The digest of its file.</param>
/// <param name="SizeBytes">The size of its file.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="Aliases">The aliases that name it.</param>
/// <param name="Signature">Its inputs and outputs, with name, datatype and shape.</param>
/// <param name="Metadata">What its author says of it.</param>
public sealed record ModelVersion(string Model, string Version, string Status, string Sha256, long SizeBytes, DateTimeOffset CreatedAt,
    IReadOnlyList<string> Aliases, JsonObject Signature, JsonObject? Metadata);
