namespace Platform.Architecture.Tests.Folders;

/// <summary>A folder is a boundary: those of a project refer to one another one way.</summary>
public sealed class FolderCycleTests
{
    public static TheoryData<string> Projects => [.. ProductProject.Folders];

    [Theory, MemberData(nameof(Projects))]
    public void Folders_of_a_project_form_no_cycle(string project)
    {
        var knots = ProductProject.Load(project).Graph().Describe().ToList();
        Assert.True(knots.Count == 0, string.Join("\n\n", knots));
    }
}
