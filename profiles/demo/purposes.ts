import type { Coded, LegalBasis, Purpose } from '../../src/kernel/profile.ts'

/** Paragraphs of four lines: a code, then its words in Vietnamese, English and French. */
const paragraphs = (text: string): readonly Coded[] =>
  text
    .trim()
    .split('\n\n')
    .map((paragraph) => {
      const [code = '', vi = '', en = '', fr = ''] = paragraph.split('\n')
      return { code, words: { vi, en, fr } }
    })

export const legalBases: readonly LegalBasis[] = paragraphs(`
register.civil-registration
Luật Sổ bộ 1998, điều 3
Register Act 1998, s. 3
Loi de 1998 sur le registre, art. 3

register.residence
Luật Sổ bộ 1998, điều 4
Register Act 1998, s. 4
Loi de 1998 sur le registre, art. 4

register.identity
Luật Sổ bộ 1998, điều 5
Register Act 1998, s. 5
Loi de 1998 sur le registre, art. 5

register.keeping
Luật Sổ bộ 1998, điều 6
Register Act 1998, s. 6
Loi de 1998 sur le registre, art. 6

register.sharing
Luật Sổ bộ 1998, điều 7
Register Act 1998, s. 7
Loi de 1998 sur le registre, art. 7

subject.access
Luật Dữ liệu 2015, điều 2
Data Act 2015, s. 2
Loi de 2015 sur les données, art. 2

subject.representation
Luật Gia đình 1970, điều 8
Family Act 1970, s. 8
Loi de 1970 sur la famille, art. 8

subject.consent
Luật Dữ liệu 2015, điều 3
Data Act 2015, s. 3
Loi de 2015 sur les données, art. 3

subject.complaint
Luật Dữ liệu 2015, điều 9
Data Act 2015, s. 9
Loi de 2015 sur les données, art. 9

service.case
Luật Hành chính 1982
Administration Act 1982
Loi de 1982 sur l’administration

inspection.data
Luật Dữ liệu 2015, điều 12
Data Act 2015, s. 12
Loi de 2015 sur les données, art. 12

inspection.crime
Luật Tố tụng 1966
Procedure Act 1966
Loi de 1966 sur la procédure

operation.security
Luật Dữ liệu 2015, điều 14
Data Act 2015, s. 14
Loi de 2015 sur les données, art. 14

operation.account
Luật Dữ liệu 2015, điều 15
Data Act 2015, s. 15
Loi de 2015 sur les données, art. 15

statistics
Luật Thống kê 1975
Statistics Act 1975
Loi de 1975 sur la statistique

bank.customer
Luật Ngân hàng 2003
Banking Act 2003
Loi bancaire de 2003

health.care
Luật Y tế 1990
Health Act 1990
Loi de 1990 sur la santé

education
Luật Giáo dục 1964
Schools Act 1964
Loi scolaire de 1964

tax
Luật Thuế 1988
Revenue Act 1988
Loi fiscale de 1988`)

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
để cấp hoặc sửa số công dân
to give or change a citizen number
pour attribuer ou changer un numéro de citoyen

register-keeping register.keeping
để chỉnh sửa sổ bộ
to keep the register right
pour tenir à jour le registre

own-record subject.access
vì chính bạn yêu cầu xem
because you asked to see it yourself
parce que vous avez demandé à le voir

family-record subject.representation
vì người giám hộ yêu cầu xem
because a guardian asked to see it
parce qu’un tuteur a demandé à le voir

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
để kiểm tra việc đọc dữ liệu
to check that records are read lawfully
pour vérifier que les dossiers sont lus légalement

investigation inspection.crime
để điều tra hình sự
for a criminal investigation
pour une enquête pénale

operation operation.security
để vận hành hệ thống
to run and protect the system
pour faire fonctionner et protéger le système

statistics statistics
để lập số liệu thống kê
to make statistics
pour établir des statistiques

data-cleaning register.sharing
để một cơ quan đối soát danh sách
so that an agency could check its own list
pour qu’un organisme vérifie sa propre liste

account-opening bank.customer subject.consent
để mở tài khoản ngân hàng
to open a bank account
pour ouvrir un compte bancaire

health-care health.care
để khám bệnh, chữa bệnh
for medical care
pour des soins médicaux

school-enrolment education
để nhập học
to enrol at a school
pour une inscription scolaire

tax tax
để quản lý thuế
to administer taxes
pour l’administration fiscale`)

export const purposes: readonly Purpose[] = PURPOSES.map(({ code, words }) => {
  const [own = '', ...legalBases] = code.split(' ')
  return { code: own, legalBases, words }
})
