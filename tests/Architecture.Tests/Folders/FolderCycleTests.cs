namespace Platform.Architecture.Tests.Folders;

/// <summary>A folder is a boundary: those of a project refer to one another one way.</summary>
public sealed class FolderCycleTests
{
    public static TheoryData<string> Projects => [.. ProductProject.Folders];

    [Theory, MemberData(nameof(Projects))]
    public void Folders_of_a_project_form_no_cycle(string project)
    {
        var knots = ProductProject.Load(project).Graph().Without(KnownBackwardEdges.Of(project)).Describe().ToList();
        Assert.True(knots.Count == 0, string.Join("\n\n", knots));
    }

    /// <summary>What is mended leaves the list, and cannot come back.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void Every_known_backward_edge_still_closes_a_cycle(string project)
    {
        var graph = ProductProject.Load(project).Graph();
        var known = KnownBackwardEdges.Of(project);
        Assert.All(known, edge => Assert.True(graph.Without(known.Where(other => other != edge)).InCycle(edge), $"{edge} closes no cycle any more."));
    }

    [Fact]
    public void Known_backward_edges_are_of_projects_that_exist() => Assert.Empty(KnownBackwardEdges.Projects.Except(ProductProject.Folders));
}
