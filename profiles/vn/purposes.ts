import type { Purpose } from '../../src/kernel/profile.ts'
import { paragraphs } from './laws.ts'

/** A code and the codes of its laws, then words that end "your record was opened …". */
const PURPOSES = paragraphs(`
civil-registration register.civil-registration
để đăng ký hộ tịch
to register an event of civil status
pour enregistrer un fait d’état civil

residence register.residence
để đăng ký cư trú
to register a residence
pour enregistrer une résidence

identity-number register.identity
để cấp hoặc sửa số định danh
to give or change an identification number
pour attribuer ou changer un numéro d’identification

register-keeping register.keeping
để cập nhật, chỉnh sửa cơ sở dữ liệu dân cư
to keep the population register right
pour tenir à jour le registre de la population

own-record subject.access
vì chính bạn yêu cầu xem
because you asked to see it yourself
parce que vous avez demandé à le voir

family-record subject.representation
vì cha, mẹ hoặc người giám hộ yêu cầu xem
because a parent or guardian asked to see it
parce qu’un parent ou un tuteur a demandé à le voir

public-service service.case
để giải quyết hồ sơ của bạn
to handle an application of yours
pour traiter une de vos demandes

complaint subject.complaint
để trả lời thắc mắc của bạn
to answer a question of yours
pour répondre à une de vos questions

sign-in operation.account
để bạn đăng nhập
to sign you in
pour vous connecter

inspection inspection.data
để kiểm tra việc đọc dữ liệu có đúng luật không
to check that records are read lawfully
pour vérifier que les dossiers sont lus légalement

investigation inspection.crime
để điều tra theo luật tố tụng hình sự
for a criminal investigation
pour une enquête pénale

operation operation.security
để vận hành và bảo vệ hệ thống
to run and protect the system
pour faire fonctionner et protéger le système

statistics statistics
để lập số liệu thống kê
to make statistics
pour établir des statistiques

data-cleaning register.sharing
để một cơ quan đối soát danh sách của mình
so that an agency could check its own list
pour qu’un organisme vérifie sa propre liste

account-opening bank.customer subject.consent
để mở tài khoản ngân hàng
to open a bank account
pour ouvrir un compte bancaire

social-insurance insurance.social
để giải quyết bảo hiểm xã hội
for social insurance
pour l’assurance sociale

health-insurance insurance.health
để cấp, kiểm tra thẻ bảo hiểm y tế
to issue or check a health insurance card
pour délivrer ou vérifier une carte d’assurance maladie

health-care health.care
để khám bệnh, chữa bệnh
for medical care
pour des soins médicaux

vaccination health.vaccination
để ghi nhận tiêm chủng
to record a vaccination
pour enregistrer une vaccination

school-enrolment education
để nhập học
to enrol at a school
pour une inscription scolaire

tax tax
để quản lý thuế
to administer taxes
pour l’administration fiscale

customs customs
để làm thủ tục hải quan
for a customs procedure
pour une procédure douanière

telephone-subscription telecom
để đăng ký thuê bao điện thoại
to register a telephone subscriber
pour enregistrer un abonné du téléphone

land-registration land
để đăng ký đất đai
to register land
pour l’enregistrement foncier

business-registration business
để đăng ký doanh nghiệp
to register a business
pour enregistrer une entreprise

social-assistance social-assistance
để trợ giúp xã hội
for social assistance
pour l’aide sociale`)

export const purposes: readonly Purpose[] = PURPOSES.map(({ code, words }) => {
  const [own = '', ...legalBases] = code.split(' ')
  return { code: own, legalBases, words }
})
