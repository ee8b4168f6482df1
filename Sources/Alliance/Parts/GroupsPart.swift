import District
import Record
import Web

extension Part {
    /// Working groups, their decisions, roadmaps and milestones; what slips is seen by everyone.
    static func groups(_ book: Handbook) throws(HandbookError) -> Part {
        let fields = try GroupFields(book)
        let sample = try GroupSample(book)
        let shelf = RoadmapShelf()
        var part = Part()
        part.migrations = [
            GroupTable.migration, MilestoneTable.migration, MeetingTable.migration, GroupOpportunities.migration,
            MilestoneTable.promises,
        ]
        part.commands = [
            FormGroup(fields: fields).command, JoinGroup.command, LeaveGroup.command, EraseMember.command,
            NameChair.command,
            EndGroup.command,
            HoldMeeting.command, SetMilestone.command, LinkMilestone.command, MoveMilestone.command,
            ExplainSlip.command,
            HandMilestone.command, ReachMilestone.command, DropMilestone.command, MeasureOutcome.command,
            ImportRoadmap.command,
        ]
        part.answers = GroupAnswers.all
        part.reactions = [PromiseReaction.milestone]
        part.projections = [
            GroupTable.projection, MilestoneTable.projection, MeetingTable.projection, GroupOpportunities.projection,
        ]
        part.routes =
            RoadmapRoutes(fields: fields, shelf: shelf).routes + GroupRoutes(fields: fields, shelf: shelf).routes
            + RoadmapDataRoutes(shelf: shelf).routes
        part.names = [
            "working-group": GroupNames.groups, "milestone": GroupNames.milestones, "group-member": GroupNames.members,
            "group-opportunity": GroupNames.opportunities,
        ]
        part.doors = [
            Door(
                "/alliance/groups", Words("산업 분과", "Working groups"),
                Words(
                    "산업계·학계·연구기관·공공이 함께하는 분과와 그 결정을 봅니다.",
                    "Groups of industry, academia, research and government, and what they decide."),
                roles: nil),
            Door(
                "/alliance/roadmap", Words("산업 로드맵", "Industrial roadmap"),
                Words("누가 무엇을 언제까지 이루기로 했고 무엇이 늦어졌는지 봅니다.", "Who is to reach what by when, and what is late."),
                roles: nil),
        ]
        part.home = { try await RoadmapRoutes.tasks($0) }
        part.topics = [
            ("alliance.group.", "alliance-groups"), ("alliance.milestone.", "alliance-groups"),
            ("alliance.meeting.", "alliance-groups"), ("alliance.outcome.", "alliance-groups"),
        ]
        part.services = { [SlipService(district: $0.district)] }
        part.sample = { spine, _ in try await sample.found(spine.district) }
        return part
    }
}
